import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { FORUM_TIME_ZONE } from '../../platform/text/i18n/time-zones.ts'
import type { Forum } from '../forum.ts'
import { bestPosts } from './best-posts.ts'
import { conditions, estimate, type Wanted } from './conditions.ts'
import { type Hit, hitsOf } from './hits.ts'
import { newestPosts } from './newest-posts.ts'
import { HITS_PER_PAGE, type PageOfHits } from './page-of-posts.ts'
import { writeSearchCursor } from './search-cursor.ts'
import type { Queries } from './tsquery.ts'
import type { Understood } from './understand.ts'

export interface Found {
  hits: Hit[]
  /** The start of the next page; null at the end. */
  next: string | null
  count: number
  /** Whether the number is an estimate, because counting would cost too much. */
  about: boolean
}

/** One page of matching posts, best or newest first. */
export async function findPosts(
  forum: Forum,
  transaction: Transaction,
  understood: Understood,
  asked: Queries,
  { order, cursor, timeZone, most = HITS_PER_PAGE, wholeThreads = false }: PageOfHits,
): Promise<Found> {
  const isWhole = wholeThreads || understood.thread !== null
  const plain = { understood, queries: asked, timeZone: timeZone ?? FORUM_TIME_ZONE, isWhole, most }
  const wanted = { ...plain, queries: await withTitles(transaction, plain) }
  const best = order === 'best' && asked.matching !== ''
  const { posts, count, about, end } = best
    ? await bestPosts(transaction, wanted, cursor)
    : await newestPosts(transaction, wanted, cursor)
  const shown = posts.slice(0, most)
  const last = posts.length > shown.length ? shown.at(-1) : end
  return {
    hits: await hitsOf(forum, transaction, shown, wanted),
    next: last ? writeSearchCursor({ position: last.position, id: last.id, at: cursor.at }) : null,
    count,
    about,
  }
}

/** With so many posts that have all words themselves, posts that need words of the title above are left out. */
const PLENTY = 2_000

async function withTitles(transaction: Transaction, plain: Wanted): Promise<Queries> {
  const { queries } = plain
  if (!queries.withTitle || (await estimate(transaction, conditions(plain, sql`now()`))) >= PLENTY) return queries
  return { ...queries, matching: queries.withTitle }
}
