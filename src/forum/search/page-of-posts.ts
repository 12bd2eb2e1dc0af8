import { standTogether, type Wanted } from './conditions.ts'
import type { SearchCursor } from './search-cursor.ts'

export const HITS_PER_PAGE = 20
/**
 * How many hits of one thread are shown; a link leads to the others. The order by rank keeps this limit over all pages,
 * the order by date on each page, because earlier pages are not read again.
 */
export const MOST_OF_A_THREAD = 3

export type SearchOrder = 'best' | 'new'

/** Which page of hits. */
export interface PageOfHits {
  order: SearchOrder
  cursor: SearchCursor
  /** The time zone of days; null for the forum's. */
  timeZone: string | null
  /** How many hits; a page's by default. */
  most?: number | undefined
  /** Whether to show all hits of a thread, for a caller that reads each of them. */
  wholeThreads?: boolean
}

/** The search. `isWhole`: all matching posts of a thread are hits, not only the first few. */
export interface WantedPage extends Wanted {
  /** How many hits. */
  most: number
  isWhole: boolean
}

/** The range of time in seconds since 1970 that contains all hits. One day wider, because days depend on the time zone. */
function rangeOf({ understood: { after, before } }: Wanted, now: number): { from: number; until: number } {
  const day = 86_400
  const secondsOf = (text: string) => Date.parse(`${text}T00:00:00Z`) / 1_000
  return { from: after ? secondsOf(after) - day : 0, until: Math.min(now, before ? secondsOf(before) + day : now) }
}

/** Where to search for the newest hits. @param now in seconds since 1970: later posts are ignored. */
export const lookedFor = (wanted: Wanted, now: number) => ({
  range: rangeOf(wanted, now),
  together: standTogether(wanted),
  titles: wanted.understood.place === 'titles',
})

/** A matching post, by its key. */
export interface FoundPost extends Record<string, unknown> {
  id: number
  /** As in a cursor. */
  position: number
  /** How many posts of its thread match, as far as was read. */
  ofThread: number
  /** The place of this post among them, from 1. */
  place: number
}

export interface PageOfPosts {
  /** One more than a page shows, if there are. */
  posts: FoundPost[]
  count: number
  /** Whether the number is an estimate, because counting would cost too much. */
  about: boolean
  /** The last post that was read, if more may follow; null at the end. */
  end: Pick<FoundPost, 'position' | 'id'> | null
}
