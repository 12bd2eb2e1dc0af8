import { type ThreadAddress, wholePostPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { Wording } from '../page.ts'
import { directionOf } from '../parts/language-mark.ts'

export interface EntryPost {
  number: number
  /** Null when it is too long for the feed. */
  bodyHtml: Html | null
  excerpt: string
  language: string
}

/**
 * A post's text for feed readers, in an element with its language, because most of them ignore the feed's. A long post
 * gives its excerpt and a link.
 */
export function feedEntry({ t, language }: Wording, thread: ThreadAddress, post: EntryPost): Html {
  const restHtml = html`<p><a href="${wholePostPath(thread, post.number)}" lang="${language}">${t('posts.read_on')}</a></p>`
  return html`<div lang="${post.language}" dir="${directionOf(post.language)}">${post.bodyHtml ?? html`<p>${post.excerpt}</p>\n${restHtml}`}</div>`
}

/** The title of an entry: the thread's, with the number for a reply. */
export function entryTitle({ t }: Wording, { title, number }: { title: string; number: number }): string {
  return number === 1 ? title : t('feeds.post', { title, number })
}
