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
<a class="last" href="${postPath(thread, thread.lastNumber)}">!${time(thread.lastPostAt, page)}!${thread.lastNumber > 1 ? html` <bdi>${thread.lastAuthor}</bdi>` : ''}</a></p>
</li>`
}
