import { html } from 'ghtml'
import { postPath, threadPath } from '../../src/paths.ts'
import { showNumber } from '../../src/platform/i18n/formats.ts'
import type { Page } from '../page.ts'
import { boardLinks, type LinkedBoard } from './board-links.ts'
import { languageMark } from './language-mark.ts'
import { time } from './time.ts'

export interface ThreadLine {
  id: number
  slug: string
  title: string
  language: string
  replyCount: number
  lastNumber: number
  lastPostAt: Date
  author: string
  lastAuthor: string
  /** Posts that the reader has not seen. */
  unread: number
  boards: LinkedBoard[]
}

/** Threads, one a line: what each is about, where it stands, and what has happened there last. */
export function threadList(page: Page, threads: readonly ThreadLine[]): string {
  return html`<ol class="threads" role="list">!${threads.map((thread) => threadLine(page, thread))}</ol>`
}

function threadLine(page: Page, thread: ThreadLine): string {
  const { t, language } = page
  return html`<li class="thread">
<h3><a href="${threadPath(thread)}" dir="auto"!${languageMark(thread.language, page)}>${thread.title}</a></h3>
!${boardLinks(page, thread.boards)}
<p class="about"><span>${t('threads.by')} <bdi>${thread.author}</bdi></span>
<span class="replies">${t('threads.replies', { count: thread.replyCount, shown: showNumber(thread.replyCount, language) })}</span>
!${thread.unread > 0 ? unreadLink(page, thread) : ''}<a class="last" href="${postPath(thread, thread.lastNumber)}">!${time(thread.lastPostAt, page)}!${thread.lastNumber > 1 ? html` <bdi>${thread.lastAuthor}</bdi>` : ''}</a></p>
</li>`
}

/** How much is new, and the way to where it begins. */
function unreadLink({ t, language }: Page, thread: ThreadLine): string {
  const { unread, lastNumber } = thread
  const label = t('threads.unread', { count: unread, shown: showNumber(unread, language) })
  return html`<a class="unread" href="/threads/${thread.id}/posts/${lastNumber - unread + 1}">${label}</a>
`
}
