import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'

/** How posts are spread over time, from the planner's statistics. */
export interface Spread {
  /** Moments (seconds since 1970) between which equally many posts were written; empty without statistics. */
  bounds: readonly number[]
  posts: number
}

/** A part of the time to search; null for all of it. */
export interface Part {
  /** Seconds since 1970. */
  since: number
  /** Its share of all posts in the range. */
  share: number
  /** How many posts it has. */
  posts: number
}

/** The factor by which the next part is longer, if one had too few posts. */
const LONGER = 8
/** A part with a larger share is not searched separately. */
const NEARLY_ALL = 0.6

/** PostgreSQL's statistics of the moments of posts, from the last `analyze`. */
export async function spreadOfPosts(transaction: Transaction): Promise<Spread> {
  const { rows } = await transaction.execute<{ bounds: number[]; posts: number }>(sql`
    select array(select extract(epoch from moment)::float8 from unnest(histogram_bounds::text::timestamptz[]) as moment) as bounds,
           (select reltuples from pg_class where oid = 'search_rows'::regclass)::float8 as posts
    from pg_stats where schemaname = current_schema() and tablename = 'search_rows' and attname = 'posted_at'`)
  return rows[0] ?? { bounds: [], posts: 0 }
}

/**
 * The newest parts of a range of time, each longer than the one before; the first should have enough matching posts, the
 * last is the whole range.
 * @param range in seconds, contains all posts that should match.
 */
export function partsOfTime(
  { bounds, posts }: Spread,
  { needed, expected, range }: { needed: number; expected: number; range: { from: number; until: number } },
): (Part | null)[] {
  const [first, last] = [placeOf(bounds, range.from), placeOf(bounds, range.until)]
  const inRange = (posts * (last - first)) / Math.max(1, bounds.length - 1)
  const parts: Part[] = []
  for (let share = needed / Math.max(1, expected); share < NEARLY_ALL; share *= LONGER) {
    const since = momentAt(bounds, last - share * (last - first))
    if (since !== null) parts.push({ since, share, posts: share * inRange })
  }
  return [...parts, null]
}

/** The place of a moment among others, in steps: 2.5 is half-way from the third to the fourth. */
function placeOf(bounds: readonly number[], moment: number): number {
  const after = bounds.findIndex((bound) => bound > moment)
  if (after < 0) return Math.max(0, bounds.length - 1)
  const [before = 0, next = 0] = [bounds[after - 1], bounds[after]]
  return after === 0 ? 0 : after - 1 + (moment - before) / Math.max(1, next - before)
}

function momentAt(bounds: readonly number[], place: number): number | null {
  const before = Math.floor(place)
  const [one, next] = [bounds[before], bounds[before + 1]]
  if (one === undefined) return null
  return next === undefined ? one : one + (place - before) * (next - one)
}
