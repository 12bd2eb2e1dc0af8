import { postPath, type ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showDay, showMoment } from '../../src/platform/text/i18n/formats.ts'
import type { Language } from '../../src/platform/text/i18n/languages.ts'
import { translator } from '../../src/platform/text/i18n/translate.ts'
import type { Level } from '../../src/schema/enums.ts'

/** The files beside it, without their ending. */
type ArchiveFile =
  | 'profile'
  | 'settings'
  | 'subscriptions'
  | 'posts'
  | 'notifications'
  | 'sessions'
  | 'tokens'
  | 'moderation'
  | 'marks'
  | 'reading'
  | 'invitations'
  | 'webhooks'
  | 'push'
  | 'mails'

interface ArchiveHead {
  language: Language
  profile: { username: string | null; joined_at: Date; biography: string; email: string | null }
  subscriptions: {
    boards: { board: string; level: Level }[]
    crossings: { city: string; technology: string; level: Level }[]
    threads: { title: string; level: Level }[]
  }
  files: readonly ArchiveFile[]
  madeAt: Date
}

interface ArchivedPost {
  number: number
  body: string
  created_at: Date
  deleted_at: Date | null
  former_versions: { body: string; written_at: Date }[]
  thread: ThreadAddress & { title: string }
}

/** The HTML page of an archive, in pieces, because it may hold all that somebody has ever written. */
export const archivePages = {
  head: (about: ArchiveHead): string => head(about).toString(),
  post: (language: Language, origin: string, post: ArchivedPost): string => onePost(language, origin, post).toString(),
  foot: (): string => '</section>\n</body>\n</html>\n',
}

const STYLE = `body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border-inline-start:3px solid #888;padding-inline-start:1rem}`

function head({ language, profile, subscriptions, files, madeAt }: ArchiveHead): Html {
  const t = translator(language)
  const followed = [
    ...subscriptions.boards.map(({ board, level }) => [board, level] as const),
    ...subscriptions.crossings.map(({ city, technology, level }) => [`${city} × ${technology}`, level] as const),
    ...subscriptions.threads.map(({ title, level }) => [title, level] as const),
  ]
  return html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t('data.archive_title', { name: profile.username ?? '' })}</title><style>${STYLE}</style></head>
<body>
<h1>${t('data.archive_title', { name: profile.username ?? '' })}</h1>
<p>${t('data.archive_made', { day: showDay(madeAt, language) })}</p>
<p>${t('members.since', { day: showDay(profile.joined_at, language) })}${profile.email ? html`, ${profile.email}` : ''}</p>
${profile.biography ? html`<p dir="auto">${profile.biography}</p>` : ''}
<h2>${t('data.archive_files')}</h2>
<ul>${files.map((name) => html`<li><a href="${name}.json">${name}.json</a> ${t(`data.file_${name}`)}</li>`)}</ul>
<p>${t('data.archive_without')}</p>
<h2>${t('accounts.tab_subscriptions')}</h2>
<ul>${followed.map(([name, level]) => html`<li><span dir="auto">${name}</span> · ${t(`subscriptions.${level}`)}</li>`)}</ul>
<section>
<h2>${t('members.posts')}</h2>
`
}

function onePost(language: Language, origin: string, post: ArchivedPost): Html {
  const { thread, number, body, created_at: at, former_versions: former } = post
  return html`<article>
<h3><a href="${origin}${postPath(thread, number)}" dir="auto">${thread.title}</a>, ${number}</h3>
<p>${showMoment(at, language)}${post.deleted_at ? html`, ${translator(language)('posts.deleted')}` : ''}</p>
<pre dir="auto">${body}</pre>
${former.map((one) => html`<details><summary>${showMoment(one.written_at, language)}</summary><pre dir="auto">${one.body}</pre></details>`)}
</article>
`
}
