import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { type Conditions, estimate, narrowed } from './conditions.ts'
import { type Part, partsOfTime, spreadOfPosts } from './parts-of-time.ts'

/** A post that fits, and when it was written, in microseconds since 1970. */
export interface FittingPost extends Record<string, unknown> {
  id: number
  thread: number
  position: number
}

export interface FittingPosts {
  /** The newest first. */
  posts: FittingPost[]
  /** Whether older ones may fit too. */
  more: boolean
  /** How many fit in all, as far as one knows. */
  expected: number
}

type Range = Parameters<typeof partsOfTime>[1]['range']

/** Where the planner expects fewer posts than this, all of them are read and then sorted. */
const FEW = 3_000
const FEW_TITLES = 1_000
/**
 * The planner knows nothing of words that stand together (a phrase, a sentence): so many of the newest posts are looked
 * through first, as if they had enough.
 */
const FIRST_LOOK = 10_000
/**
 * A part of the time with fewer posts is walked through, and each is compared: the index of words would read all that it
 * knows of each word, of the whole time.
 */
const WALKED = 20_000
/** A third of what is needed is enough to look no further. */
const ENOUGH = 1 / 3

/**
 * The newest posts that fit. How many fit in all makes no difference to what it costs: of common words only the newest part
 * of the time is looked through that is expected to have enough, and a longer one where it has not.
 * @param range the time, in seconds since 1970, in which all of them lie.
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

/** The parts of the time that are looked through one after the other. */
async function partsFor(
  transaction: Transaction,
  { needed, expected, range, together }: { needed: number; expected: number; range: Range; together: boolean },
): Promise<(Part | null)[]> {
  if (!together && expected < FEW) return [null]
  const spread = await spreadOfPosts(transaction)
  // Words that people write together are together in far more posts than the planner thinks.
  const atLeast = together ? Math.max(expected, (needed * spread.posts) / FIRST_LOOK) : expected
  const parts = partsOfTime(spread, { needed, expected: atLeast, range })
  // Where few are expected, PostgreSQL does not ask the index by age too: to look them up costs the same for any part.
  return expected < FEW ? parts.filter((part) => part === null || part.posts < WALKED) : parts
}

const since = (part: Part): SQL => sql`search_rows.posted_at >= to_timestamp(${part.since}::float8)`

type Read = (transaction: Transaction, conditions: Conditions, most: number) => Promise<FittingPost[]>

const COLUMNS = sql`id, thread_id as thread, (extract(epoch from posted_at) * 1000000)::bigint as position`

/** By the index by age, until there are enough. */
const walk: Read = async (transaction, { walked }, most) => {
  const { rows } = await transaction.execute<FittingPost>(sql`
    select ${COLUMNS} from search_rows where kind = 'post' and ${walked} order by posted_at desc, id desc limit ${most}`)
  return rows
}

/** By the index of titles by age, until there are enough, or by that of their words, whichever PostgreSQL prefers. */
const walkTitles: Read = async (transaction, { lookedUp, compared }, most) => {
  const { rows } = await transaction.execute<FittingPost>(sql`
    select ${COLUMNS} from search_rows
    where kind = 'post' and ${lookedUp}${compared ? sql` and ${compared}` : sql``}
    order by posted_at desc, id desc limit ${most}`)
  return rows
}

/**
 * By the index of words: of a rare word, the index by age would be walked to its end, so the planner must not think of it.
 * What is left to be compared is compared from the newest on, until there are enough.
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
