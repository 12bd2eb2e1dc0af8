import { postPath, threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { MemberName } from '../../src/schema/members.ts'
import type { Page } from '../page.ts'
import { boardLinks, type LinkedBoard } from './board-links.ts'
import { countedUpTo, shortCount } from './counted.ts'
import { languageMark } from './language-mark.ts'
import { memberName } from './member-link.ts'
import { time } from './time.ts'

/** Above this number, the list says «more than». */
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
  /** How many posts are unread, and the number of the first; null for none. */
  unread: [count: number, first: number] | null
  lockedAt: Date | null
  /** Whether a moderator has pinned it. */
  pinned?: boolean
  boards: LinkedBoard[]
}

/**
 * A list of threads, each in two lines and a figure: title, boards, last activity, number of replies.
 * @param place boards whose page this is: their names are left out.
 */
export function threadList(page: Page, threads: readonly ThreadLine[], place: readonly { id: number }[] = []): Html {
  return html`<ol class="threads" role="list">${threads.map((thread) => threadLine(page, thread, place))}</ol>`
}

function threadLine(page: Page, thread: ThreadLine, place: readonly { id: number }[]): Html {
  const { t } = page
  const boards = thread.boards.filter(({ id }) => !place.some((here) => here.id === id))
  return html`<li class="thread">
<h3 id="thread-${thread.id}"><a href="${threadPath(thread)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a>${thread.pinned ? html` <span class="pinned">${t('threads.pinned')}</span>` : ''}${thread.lockedAt ? lockedMark(page) : ''}</h3>
<div class="about">${boards.length > 0 ? boardLinks(page, boards) : ''}${lastPost(page, thread)}</div>
${replies(page, thread.replyCount)}${thread.unread ? unreadLink(page, thread, thread.unread) : ''}
</li>`
}

/** Who posted last, and when; without replies, who started it. */
function lastPost(page: Page, thread: ThreadLine): Html {
  const { t } = page
  const isReply = thread.lastNumber > 1
  return html`<a class="last" href="${postPath(thread, thread.lastNumber)}">${t(isReply ? 'threads.last_post' : 'threads.opened')} ${time(thread.lastPostAt, page)}, <bdi>${memberName(page, isReply ? thread.lastAuthor : thread.author)}</bdi></a>`
}

/** The figure on the screen, a sentence for screen readers. */
function replies({ t, language }: Page, count: number): Html {
  const shown = showNumber(count, language)
  const said = t('threads.replies', { count, shown })
  if (count === 0) return html`<span class="replies hidden">${said}</span>`
  const [before = '', after = ''] = said.split(shown)
  return html`<span class="figure replies" title="${said}"><span class="hidden">${before}</span>${shown}<span class="hidden">${after}</span></span>`
}

const lockHtml = html`<svg class="lock" viewBox="0 0 16 16" aria-hidden="true"><path d="M3.5 7.5h9v7h-9zM5.5 7.5v-3a2.5 2.5 0 0 1 5 0v3"/></svg>`

const lockedMark = ({ t }: Page): Html =>
  html` <span class="locked" title="${t('threads.is_locked')}">${lockHtml}<span class="hidden">${t('threads.is_locked')}</span></span>`

/** How many posts are unread, with a link to the first. */
function unreadLink(page: Page, { id }: ThreadLine, [count, first]: [count: number, first: number]): Html {
  const said = countedUpTo(page, MOST_COUNTED, 'threads.unread', count)
  return html`<a class="unread" href="/threads/${id}/posts/${first}" data-count="+${shortCount(count)}" aria-describedby="thread-${id}"><span class="hidden">${said}</span></a>`
}
