import { standTogether, type Wanted } from './conditions.ts'
import type { SearchCursor } from './search-cursor.ts'

export const HITS_PER_PAGE = 20
/**
 * Posts of one thread among the hits; the others are a link away. The best hits keep to it on all pages together, the newest
 * on each page by itself: what stood on the pages before is not read again.
 */
export const MOST_OF_A_THREAD = 3

export type SearchOrder = 'best' | 'new'

/** Which page of what fits. */
export interface PageOfHits {
  order: SearchOrder
  cursor: SearchCursor
  /** Whose days; null: the forum's. */
  timeZone: string | null
  /** How many hits; a page's, if nothing is said. */
  most?: number | undefined
  /** Of one thread as many as there are: for who reads each of them, and not a page. */
  wholeThreads?: boolean
}

/** What is looked for. `isWhole`: all posts of a thread are hits, not only its first few. */
export interface WantedPage extends Wanted {
  /** How many hits. */
  most: number
  isWhole: boolean
}

/** The time in which all that fits was written, in seconds since 1970; one day wider, because days differ by time zone. */
function rangeOf({ understood: { after, before } }: Wanted, now: number): { from: number; until: number } {
  const day = 86_400
  const secondsOf = (text: string) => Date.parse(`${text}T00:00:00Z`) / 1_000
  return { from: after ? secondsOf(after) - day : 0, until: Math.min(now, before ? secondsOf(before) + day : now) }
}

/** Where the newest that fit are looked for. @param now in seconds since 1970: nothing after it is looked for. */
export const lookedFor = (wanted: Wanted, now: number) => ({
  range: rangeOf(wanted, now),
  together: standTogether(wanted),
  titles: wanted.understood.place === 'titles',
})

/** A post that fits, by its key. */
export interface FoundPost extends Record<string, unknown> {
  id: number
  /** As in a cursor. */
  position: number
  /** How many posts of its thread fit, as far as was looked. */
  ofThread: number
  /** Which of these it is, counted from 1. */
  place: number
}

export interface PageOfPosts {
  /** One more than a page has, if there are. */
  posts: FoundPost[]
  count: number
  /** The number is an estimate: to count would cost too much. */
  about: boolean
  /** Where those end that were read, if there may be more behind; null: there is nothing. */
  end: Pick<FoundPost, 'position' | 'id'> | null
}
