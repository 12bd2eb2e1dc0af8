import { postPath, threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { MemberName } from '../../src/schema/members.ts'
import type { Page } from '../page.ts'
import { boardLinks, type LinkedBoard } from './board-links.ts'
import { countedUpTo } from './counted.ts'
import { languageMark } from './language-mark.ts'
import { memberName } from './member-link.ts'
import { time } from './time.ts'

/** Of more unread posts it is said that there are more. */
const MOST_COUNTED = 100

export interface ThreadLine {
  id: number
  slug: string
  title: string
  language: string
  replyCount: number
  lastNumber: number
  lastPostAt: Date
  author: MemberName
  lastAuthor: MemberName
  /** How many posts the reader has not seen, and the number of the first; null: none. */
  unread: [count: number, first: number] | null
  lockedAt: Date | null
  /** A moderator has it stand first. */
  pinned?: boolean
  boards: LinkedBoard[]
}

/** Threads, one a line: what each is about, where it stands, and what has happened there last. */
export function threadList(page: Page, threads: readonly ThreadLine[]): Html {
  return html`<ol class="threads" role="list">${threads.map((thread) => threadLine(page, thread))}</ol>`
}

function threadLine(page: Page, thread: ThreadLine): Html {
  const { t, language } = page
  return html`<li class="thread">
<h3><a href="${threadPath(thread)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a>${thread.pinned ? html` <span class="pinned">${t('threads.pinned')}</span>` : ''}${thread.lockedAt ? lockedMark(page) : ''}</h3>
${boardLinks(page, thread.boards)}
<p class="about"><span>${t('threads.by')} <bdi>${memberName(page, thread.author)}</bdi></span>
<span class="replies">${t('threads.replies', { count: thread.replyCount, shown: showNumber(thread.replyCount, language) })}</span>
${thread.unread ? unreadLink(page, thread, thread.unread) : ''}<a class="last" href="${postPath(thread, thread.lastNumber)}">${time(thread.lastPostAt, page)}${thread.lastNumber > 1 ? html` <bdi>${memberName(page, thread.lastAuthor)}</bdi>` : ''}</a></p>
</li>`
}

const lockHtml = html`<svg class="lock" viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 7.5h9v7h-9zM5.5 7.5v-3a2.5 2.5 0 0 1 5 0v3"/></svg>`

const lockedMark = ({ t }: Page): Html =>
  html` <span class="locked" title="${t('threads.is_locked')}">${lockHtml}<span class="hidden">${t('threads.is_locked')}</span></span>`

/** How much is new, and the way to where it begins. */
function unreadLink(page: Page, { id }: ThreadLine, [count, first]: [count: number, first: number]): Html {
  return html`<a class="unread" href="/threads/${id}/posts/${first}">${countedUpTo(page, MOST_COUNTED, 'threads.unread', count)}</a>
`
}
