import { memberPath, postPath, type ThreadAddress, threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showDay } from '../../src/platform/text/i18n/formats.ts'
import { withFrenchSpaces } from '../../src/platform/text/markdown/french-spaces.ts'
import type { Role } from '../../src/schema/enums.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { boardLinks, type LinkedBoard } from '../parts/board-links.ts'
import { countedUpTo, MOST_WRITTEN } from '../parts/counted.ts'
import { languageMark } from '../parts/language-mark.ts'
import { type OlderPage, olderLink, pageOfList } from '../parts/older-link.ts'
import { time } from '../parts/time.ts'
import { type MemberModeration, moderateMember } from './moderate-member.ts'
import { rescueMember } from './rescue-member.ts'

interface MemberPost {
  number: number
  excerpt: string
  language: string
  createdAt: Date
  thread: ThreadAddress & { title: string; language: string }
}

export interface MemberPage {
  username: string
  role: Role
  biography: string
  /** Whether search engines may show the page. */
  listed: boolean
  createdAt: Date
  /** Which of their posts are listed. */
  shown: 'all' | 'threads' | 'replies'
  posts: MemberPost[]
  /** The boards in which they write most. */
  boards: LinkedBoard[]
  /** Whether the reader has muted them; null when the reader cannot. */
  muted: boolean | null
  /** Null for readers who are not moderators. */
  moderation: MemberModeration | null
  /** Whether the reader may make a rescue link for them. */
  mayRescue: boolean
  /** How many posts they have written, at most one more than are counted; null when the page does not say it. */
  written: number | null
  /** Null on the first page. */
  older: OlderPage | null
  /** Where older posts begin; null at the end. */
  next: string | null
}

/** The public page of a member. */
export function memberPage(page: Page, member: MemberPage): Html {
  const { t, language } = page
  const path = memberPath(member.username)
  const query: Record<string, string> = member.shown === 'all' ? {} : { show: member.shown }
  return layout(
    page,
    {
      ...pageOfList(page, { title: member.username, path, query, older: member.older }),
      unlisted: !member.listed,
      feed: { path, title: member.username },
    },
    html`<header class="head"><h1><bdi>${member.username}</bdi></h1>
<p class="about"><span>${member.role === 'member' ? '' : html`<strong>${t(`roles.${member.role}`)}</strong>, `}${t('members.since', { day: showDay(member.createdAt, language, page.timeZone) })}</span>${howMuch(page, member)}</p>
${member.boards.length > 0 ? html`<div class="about">${t('members.mostly')} ${boardLinks(page, member.boards)}</div>` : ''}
${member.biography ? html`<p class="biography" dir="auto">${withFrenchSpaces(member.biography)}</p>` : ''}
</header>
${member.muted === null ? '' : muteForm(page, path, member.muted)}
${member.moderation ? moderateMember(page, member.username, member.moderation) : ''}
${member.mayRescue ? rescueMember(page, member.username) : ''}
<nav class="tabs" aria-label="${t('members.posts')}"><ul>${(['all', 'threads', 'replies'] as const).map(
      (shown) =>
        html`<li><a href="${path}${shown === 'all' ? '' : `?show=${shown}`}"${shown === member.shown ? html` aria-current="true"` : ''}>${t(`members.show_${shown}`)}</a></li>`,
    )}</ul></nav>
<h2 class="hidden">${t(`members.show_${member.shown}`)}</h2>
${member.posts.length === 0 ? html`<p class="empty">${t(`members.none_${member.shown}`)}</p>` : ''}
<ol class="threads" role="list">${byThread(member.posts).map((posts) => postsInThread(page, posts))}</ol>
${olderLink(page, path, query, member.next)}`,
  )
}

/** How much they have written; threads and replies separately when the page shows all posts. */
function howMuch(page: Page, { written, next, posts }: MemberPage): Html {
  if (!written) return html``
  if (next) return html` <span>${countedUpTo(page, MOST_WRITTEN, 'members.posts_written', written)}</span>`
  const threads = posts.filter(({ number }) => number === 1).length
  const counts = [
    [threads, 'members.threads_written'],
    [posts.length - threads, 'members.replies_written'],
  ] as const
  return html`${counts.filter(([count]) => count > 0).map(([count, what]) => html` <span>${countedUpTo(page, count, what, count)}</span>`)}`
}

/** Groups posts by thread, the thread of the newest post first. */
function byThread(posts: readonly MemberPost[]): MemberPost[][] {
  const threads = new Map<number, MemberPost[]>()
  for (const post of posts) threads.set(post.thread.id, [...(threads.get(post.thread.id) ?? []), post])
  return [...threads.values()]
}

function postsInThread(page: Page, posts: readonly MemberPost[]): Html {
  const [first] = posts
  if (!first) return html``
  const { thread } = first
  return html`<li class="thread">
<h3><a href="${threadPath(thread)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a></h3>
${posts.map(
  (post) => html`<p class="excerpt" dir="auto"${languageMark(post.language, page)}>${post.excerpt}</p>
<p class="about"><a class="last" href="${postPath(thread, post.number)}">${page.t(post.number === 1 ? 'threads.opened' : 'members.wrote', { number: post.number })} ${time(post.createdAt, page)}</a></p>`,
)}
</li>`
}

function muteForm({ t }: Page, path: string, muted: boolean): Html {
  const verb = muted ? 'unmute' : 'mute'
  return html`<form method="post" action="${path}/${verb}" class="mute"><button class="quiet">${t(`members.${verb}`)}</button> <span class="about">${t('members.mute_hint')}</span></form>`
}
