import { POSTS_PER_PAGE, postPath, type ThreadAddress, threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { Page } from '../page.ts'
import type { ThreadPage } from './thread-page.ts'

/**
 * The line at the foot of the window: links to both ends and to the first unread post, and the page. A script adds the
 * number of the post that is read.
 */
export function position(shownIn: Page, { thread, page, pages, posts, firstUnread }: ThreadPage): Html {
  const { t, language } = shownIn
  if (posts.length < FEW_POSTS && pages === 1) return html``
  const shown = (number: number) => showNumber(number, language)
  const top = page === 1 ? '#main' : threadPath(thread)
  const end = `${page === pages ? '' : threadPath(thread, pages)}#post-${thread.lastNumber}`
  return html`<nav class="position" aria-label="${t('threads.position')}"><a href="${top}">${t('threads.to_top')}</a>
<span>${t('threads.page_of', { page: shown(page), pages: shown(pages) })}</span>
${firstUnread === null ? '' : html`<a href="${postPath(thread, firstUnread)}" data-unread>${t('threads.first_new')}</a>`}
<a href="${end}">${t('threads.to_end')}</a></nav>`
}

/** With so few posts the line is left out. */
const FEW_POSTS = 6

/** Where the reader is, with links to both ends. */
export function jumps(shownIn: Page, { thread, page, pages, firstUnread }: ThreadPage): Html {
  const { t, language } = shownIn
  const unreadHtml = unreadLink(shownIn, thread, firstUnread)
  if (pages === 1) return unreadHtml
  const from = POSTS_PER_PAGE * (page - 1) + 1
  const to = Math.min(POSTS_PER_PAGE * page, thread.lastNumber)
  const shown = (number: number) => showNumber(number, language)
  // Numbers are never reused: the numbers of deleted, moved and unpublished posts count as no replies.
  const empty = thread.lastNumber - 1 - thread.replyCount
  return html`<span class="place">${t('threads.place', { from: shown(from), to: shown(to), last: shown(thread.lastNumber) })}${empty > 0 ? t('threads.place_empty', { count: empty, shown: shown(empty) }) : ''}</span>
${page > 1 ? html`<a href="${threadPath(thread)}">${t('threads.first')}</a>` : ''}
${unreadHtml}
${page < pages ? html`<a href="${threadPath(thread, pages)}#post-${thread.lastNumber}">${t('threads.last')}</a>` : ''}`
}

function unreadLink({ t }: Page, thread: ThreadAddress, firstUnread: number | null): Html {
  if (firstUnread === null) return html``
  return html`<a href="${postPath(thread, firstUnread)}">${t('threads.first_unread')}</a>`
}
