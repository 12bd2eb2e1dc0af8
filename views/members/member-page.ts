import { memberPath, postPath, type ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showDay } from '../../src/platform/text/i18n/formats.ts'
import { withFrenchSpaces } from '../../src/platform/text/markdown/french-spaces.ts'
import type { Role } from '../../src/schema/enums.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { type OlderPage, pageOfList } from '../parts/older-link.ts'
import { time } from '../parts/time.ts'
import { type MemberModeration, moderateMember } from './moderate-member.ts'
import { rescueMember } from './rescue-member.ts'

export interface MemberPage {
  username: string
  role: Role
  biography: string
  /** Whether search engines may show it. */
  listed: boolean
  createdAt: Date
  posts: {
    number: number
    excerpt: string
    language: string
    createdAt: Date
    thread: ThreadAddress & { title: string; language: string }
  }[]
  /** Whether the reader has muted them; null for who cannot. */
  muted: boolean | null
  /** Null for readers who do not moderate. */
  moderation: MemberModeration | null
  /** Whether the reader may help them back in. */
  mayRescue: boolean
  /** Null on the first page. */
  older: OlderPage | null
  /** Where older posts begin; null at the end. */
  next: string | null
}

/** What everybody may know of a member. */
export function memberPage(page: Page, member: MemberPage): Html {
  const { t, language } = page
  const path = memberPath(member.username)
  return layout(
    page,
    {
      ...pageOfList(page, { title: member.username, path, older: member.older }),
      unlisted: !member.listed,
      feed: { path, title: member.username },
    },
    html`<header class="head"><h1><bdi>${member.username}</bdi></h1>
<p class="about"><span>${member.role === 'member' ? '' : html`<strong>${t(`roles.${member.role}`)}</strong>, `}${t('members.since', { day: showDay(member.createdAt, language, page.timeZone) })}</span></p>
${member.biography ? html`<p class="biography" dir="auto">${withFrenchSpaces(member.biography)}</p>` : ''}
</header>
${member.muted === null ? '' : muteForm(page, path, member.muted)}
${member.moderation ? moderateMember(page, member.username, member.moderation) : ''}
${member.mayRescue ? rescueMember(page, member.username) : ''}
<section><h2>${t('members.posts')}</h2>
${member.posts.length === 0 ? html`<p class="empty">${t('members.no_posts')}</p>` : ''}
<ol class="threads" role="list">${member.posts.map(
      (post) => html`<li class="thread">
<h3><a href="${postPath(post.thread, post.number)}" dir="auto"${languageMark(post.thread.language, page)}>${post.thread.title}</a></h3>
<p class="excerpt" dir="auto"${languageMark(post.language, page)}>${post.excerpt}</p>
<p class="about">${time(post.createdAt, page)}</p>
</li>`,
    )}</ol>
${member.next ? html`<nav class="pages" aria-label="${t('pages.label')}"><ol><li><a href="${path}?before=${member.next}" rel="next">${t('pages.older')}</a></li></ol></nav>` : ''}
</section>`,
  )
}

function muteForm({ t }: Page, path: string, muted: boolean): Html {
  const verb = muted ? 'unmute' : 'mute'
  return html`<form method="post" action="${path}/${verb}" class="mute"><button class="quiet">${t(`members.${verb}`)}</button> <span class="about">${t('members.mute_hint')}</span></form>`
}
