import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { type Conditions, estimate, narrowed } from './conditions.ts'
import { type Part, partsOfTime, spreadOfPosts } from './parts-of-time.ts'

/** A matching post, and its moment in microseconds since 1970. */
export interface FittingPost extends Record<string, unknown> {
  id: number
  thread: number
  position: number
}

export interface FittingPosts {
  /** Newest first. */
  posts: FittingPost[]
  /** Whether older posts may match too. */
  more: boolean
  /** How many match in total, as far as known. */
  expected: number
}

type Range = Parameters<typeof partsOfTime>[1]['range']

/** When the planner expects fewer posts, all of them are read and then sorted. */
const FEW = 3_000
const FEW_TITLES = 1_000
/**
 * The planner has no statistics for words that stand together (a phrase, a sentence). So this many of the newest posts
 * are searched first.
 */
const FIRST_LOOK = 10_000
/**
 * A part of the time with fewer posts is walked and each post compared. The index of words would read its whole list of
 * each word, for all of the time.
 */
const WALKED = 20_000
/** With this share of the needed posts, it searches no further. */
const ENOUGH = 1 / 3

/**
 * The newest matching posts. Costs the same however many match: for common words it searches only the newest part of the
 * time that should have enough, and a longer one if that has not.
 * @param range the time, in seconds since 1970, that contains all of them.
 */
export async function newestFitting(
  transaction: Transaction,
  conditions: Conditions,
  { most, range, titles, together }: { most: number; range: Range; titles: boolean; together: boolean },
): Promise<FittingPosts> {
  const expected = await estimate(transaction, conditions)
  if (titles) {
    const posts = await (expected < FEW_TITLES ? lookUp : walkTitles)(transaction, conditions, most)
    return { posts, more: posts.length === most, expected }
  }
  const parts = await partsFor(transaction, { needed: most, expected, range, together })
  for (const part of parts) {
    const inPart = part ? narrowed(conditions, since(part)) : conditions
    const posts = await (part && part.posts < WALKED ? walk : lookUp)(transaction, inPart, most)
    if (part && posts.length < most * ENOUGH) continue
    const isFull = posts.length === most
    return {
      posts,
      more: isFull || part !== null,
      expected: Math.round(part && !isFull ? posts.length / part.share : expected),
    }
  }
  return { posts: [], more: false, expected: 0 }
}

/** The parts of the time to search, in order. */
async function partsFor(
  transaction: Transaction,
  { needed, expected, range, together }: { needed: number; expected: number; range: Range; together: boolean },
): Promise<(Part | null)[]> {
  if (!together && expected < FEW) return [null]
  const spread = await spreadOfPosts(transaction)
  // Words that people often write together occur together in far more posts than the planner expects.
  const atLeast = together ? Math.max(expected, (needed * spread.posts) / FIRST_LOOK) : expected
  const parts = partsOfTime(spread, { needed, expected: atLeast, range })
  // With few expected posts PostgreSQL does not use the index by age, so looking them up costs the same for any part.
  return expected < FEW ? parts.filter((part) => part === null || part.posts < WALKED) : parts
}

const since = (part: Part): SQL => sql`search_rows.posted_at >= to_timestamp(${part.since}::float8)`

type Read = (transaction: Transaction, conditions: Conditions, most: number) => Promise<FittingPost[]>

const COLUMNS = sql`id, thread_id as thread, (extract(epoch from posted_at) * 1000000)::bigint as position`

/** Walks the index by age until there are enough. */
const walk: Read = async (transaction, { walked }, most) => {
  const { rows } = await transaction.execute<FittingPost>(sql`
    select ${COLUMNS} from search_rows where kind = 'post' and ${walked} order by posted_at desc, id desc limit ${most}`)
  return rows
}

/** Walks the index of titles by age, or looks up the index of their words, whichever PostgreSQL prefers. */
const walkTitles: Read = async (transaction, { lookedUp, compared }, most) => {
  const { rows } = await transaction.execute<FittingPost>(sql`
    select ${COLUMNS} from search_rows
    where kind = 'post' and ${lookedUp}${compared ? sql` and ${compared}` : sql``}
    order by posted_at desc, id desc limit ${most}`)
  return rows
}

/**
 * Looks up the index of words. The index by age is excluded, because the planner might walk all of it for a rare word.
 * Compares from the newest post on, until there are enough.
 */
const lookUp: Read = async (transaction, { lookedUp, compared }, most) => {
  const found = sql`
    select ${COLUMNS}, posted_at + interval '0 seconds' as moment from search_rows
    where kind = 'post' and ${lookedUp} order by moment desc, id desc`
  const fits = sql`cross join lateral (
    select from search_rows where kind = 'post' and search_rows.id = found.id and ${compared} offset 0) as fitting`
  const { rows } = await transaction.execute<FittingPost>(sql`
    select found.id, found.thread, found.position from (${found}) as found
    ${compared ? fits : sql``} order by moment desc, id desc limit ${most}`)
  return rows
}
