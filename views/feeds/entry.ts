import { type ThreadAddress, wholePostPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { Wording } from '../page.ts'
import { directionOf } from '../parts/language-mark.ts'

export interface EntryPost {
  number: number
  /** Null where it is too long for the feed. */
  bodyHtml: Html | null
  excerpt: string
  language: string
}

/**
 * What a post says, for readers of feeds: most look at no other mark of the language than this. Of one that is too long,
 * how it begins and the way to the rest.
 */
export function feedEntry({ t, language }: Wording, thread: ThreadAddress, post: EntryPost): Html {
  const restHtml = html`<p><a href="${wholePostPath(thread, post.number)}" lang="${language}">${t('posts.read_on')}</a></p>`
  return html`<div lang="${post.language}" dir="${directionOf(post.language)}">${post.bodyHtml ?? html`<p>${post.excerpt}</p>\n${restHtml}`}</div>`
}

/** What an entry is called: a thread by its title, a later post by that and its number. */
export function entryTitle({ t }: Wording, { title, number }: { title: string; number: number }): string {
  return number === 1 ? title : t('feeds.post', { title, number })
}
