import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { estimate } from './conditions.ts'
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
/** The planner knows nothing of words that stand together (a phrase, a long text): so many posts are taken to have them all. */
const MANY_TOGETHER = 3_000
/** A part of the time with so many posts is walked through, whatever words they have. */
const WALKED = 20_000
/** A third of what is needed is enough to look no further. */
const ENOUGH = 1 / 3

/** As sorted by the index by age, which is walked until there are enough … */
const WALK = sql`posted_at desc, id desc`
/** … and as sorted afterwards, so that the planner takes the index of words: of a rare word it would walk to the end. */
const SORT = sql`posted_at + interval '0 seconds' desc, id desc`

/**
 * The newest posts that fit. How many fit in all makes no difference to what it costs: of common words only the newest part
 * of the time is looked through that is expected to have enough, and a longer one where it has not.
 * @param range the time, in seconds since 1970, in which all of them lie.
 */
export async function newestFitting(
  transaction: Transaction,
  condition: SQL,
  { most, range, titles, together }: { most: number; range: Range; titles: boolean; together: boolean },
): Promise<FittingPosts> {
  const expected = await estimate(transaction, condition)
  if (titles) {
    const posts = await read(transaction, condition, { most, order: expected < FEW_TITLES ? SORT : WALK })
    return { posts, more: posts.length === most, expected }
  }
  // Words that people write together are together in far more posts than the planner thinks.
  const atLeast = together ? Math.max(expected, MANY_TOGETHER) : expected
  const parts =
    atLeast < FEW ? [null] : partsOfTime(await spreadOfPosts(transaction), { needed: most, expected: atLeast, range })
  for (const part of parts) {
    const order = part && part.posts < WALKED ? WALK : SORT
    const posts = await read(transaction, part ? sql`${since(part)} and ${condition}` : condition, { most, order })
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

const since = (part: Part): SQL => sql`search_rows.posted_at >= to_timestamp(${part.since}::float8)`

async function read(
  transaction: Transaction,
  condition: SQL,
  { most, order }: { most: number; order: SQL },
): Promise<FittingPost[]> {
  const { rows } = await transaction.execute<FittingPost>(sql`
    select id, thread_id as thread, (extract(epoch from posted_at) * 1000000)::bigint as position
    from search_rows where kind = 'post' and ${condition} order by ${order} limit ${most}`)
  return rows
}
