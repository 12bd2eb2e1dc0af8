import { postPath, type ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { MemberName } from '../../src/schema/members.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberLink } from '../parts/member-link.ts'
import { olderLink } from '../parts/older-link.ts'
import { removalReason } from '../parts/removal-reason.ts'
import { time } from '../parts/time.ts'
import { type Change, changes } from './changes.ts'

export interface PostHistory {
  id: number
  /** The title is null for a reader who may see only their own post of the thread. */
  thread: ThreadAddress & { title: string | null; language: string }
  /** Why the thread is hidden: moderators removed it, or no post is left. */
  withdrawn: 'removed' | 'emptied' | null
  /** When the post was hidden, by whom and why. */
  deleted: { at: Date; byAuthor: boolean; reason: string | null } | null
  number: number
  author: MemberName
  language: string
  /** The number of the first published version. */
  first: number
  isEdited: boolean
  /** Newest first. Each shows its changes; the oldest is shown whole. */
  versions: Version[]
  /** The number before which older versions begin; null for none. */
  older: number | null
  /** Whether the page shows one whole version. */
  whole: boolean
}

interface Version {
  number: number
  writtenAt: Date
  /** False for a version without marks, when it changed too much or there was no time. */
  compared: boolean
  changes: readonly Change[]
}

/** A page of a post's versions, newest first, with their changes; or one whole version. */
export function historyPage(page: Page, history: PostHistory): Html {
  const { t } = page
  const { id, thread, number, author, isEdited, versions, whole } = history
  return layout(
    page,
    { title: t('history.title', { number }), unlisted: true },
    html`<header class="head">
<h1>${t('history.title', { number })}</h1>
<p class="about"><a href="${postPath(thread, number)}" dir="auto"${thread.title ? languageMark(thread.language, page) : ''}>${thread.title ?? t('threads.withdrawn')}</a> ${memberLink(page, author)}</p>
${whatBecameOfIt(page, history)}
${isEdited ? '' : html`<p>${t('history.never_edited')}</p>`}
${whole ? html`<p><a href="/posts/${id}/history?before=${(versions[0]?.number ?? 0) + 1}">${t('history.all')}</a></p>` : ''}
</header>
<ol class="versions" role="list" reversed>${versions.map((one) => version(page, history, one))}</ol>
${olderLink(page, `/posts/${id}/history`, {}, history.older === null ? null : String(history.older))}`,
  )
}

/** Says that the post is hidden, since when and why, to those who may still read it. */
function whatBecameOfIt(page: Page, { withdrawn, deleted }: PostHistory): Html {
  const { t } = page
  const threadHtml = withdrawn ? html`<p class="notice">${t(WITHDRAWN[withdrawn])}</p>` : ''
  if (!deleted) return html`${threadHtml}`
  const { at, byAuthor, reason } = deleted
  const what = byAuthor ? `${t('posts.deleted')} ${t('posts.by_author')}` : t('posts.removed')
  return html`${threadHtml}
<p class="notice">${what}</p>
<p class="about">${t(byAuthor ? 'posts.deleted_at' : 'posts.removed_at')} ${time(at, page)}</p>
${byAuthor ? '' : removalReason(page, reason)}`
}

const WITHDRAWN = { removed: 'threads.withdrawn', emptied: 'threads.emptied' } as const

function version(
  page: Page,
  { id, language, first }: PostHistory,
  { number, writtenAt, compared, changes: parts }: Version,
): Html {
  const { t } = page
  const isShort = parts.some(({ kind }) => kind === 'left_out')
  return html`<li>
<h2>${number === first ? t('history.first') : t('history.changed')} ${time(writtenAt, page)}</h2>
${compared ? '' : html`<p class="about">${t('history.not_compared')}</p>`}
<div class="difference" dir="auto"${languageMark(language, page)}>${changes(parts, t)}</div>
${isShort ? html`<p><a href="/posts/${id}/history?version=${number}">${t('history.whole')}</a></p>` : ''}
</li>`
}
