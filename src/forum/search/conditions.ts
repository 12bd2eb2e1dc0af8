import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { startOfDay } from '../../platform/text/i18n/time-zones.ts'
import { filterOf } from './search-row.ts'
import type { Queries } from './tsquery.ts'
import type { Understood } from './understand.ts'

/** The search. */
export interface Wanted {
  understood: Understood
  queries: Queries
  /** The time zone of its days. */
  timeZone: string
}

/** Conditions that every hit must meet. */
export interface Conditions {
  /** For the index of words. */
  lookedUp: SQL
  /** For the posts that the index finds; null for none. Comparing costs far more for each post. */
  compared: SQL | null
  /** All conditions in a form that this index cannot use, to compare each post that is read. */
  walked: SQL
}

/** The conditions of all hits. */
export function conditions({ understood, queries, timeZone }: Wanted, now: SQL): Conditions {
  const inTitles = understood.place === 'titles'
  const { lookUp, compare } = inTitles ? NOTHING : inTwoSteps(queries)
  const words = [lookUp && `(${lookUp})`, ...filtersOf(understood)].filter(Boolean).join(' & ')
  const titles = inTitles ? inTitle(queries) : null
  return asConditions({
    words: words ? sql`search_rows.words @@ ${words}::tsquery` : null,
    compared: compare ? sql`search_rows.words @@ ${compare}::tsquery` : (titles?.compared ?? null),
    besides: [...(titles?.lookedUp ?? []), ...besides({ understood, timeZone }, now)],
  })
}

/** The conditions of posts whose titles alone match the whole search. */
export function titleConditions({ understood, queries, timeZone }: Wanted, now: SQL): Conditions {
  const filters = filtersOf(understood).join(' & ')
  const { lookedUp, compared } = inTitle(queries)
  return asConditions({
    words: filters ? sql`search_rows.words @@ ${filters}::tsquery` : null,
    compared,
    besides: [...lookedUp, ...besides({ understood, timeZone }, now)],
  })
}

function asConditions(asked: { words: SQL | null; compared: SQL | null; besides: SQL[] }): Conditions {
  const { words, compared, besides } = asked
  const all = (...some: (SQL | null)[]) =>
    sql.join(
      some.filter((one) => one !== null),
      sql` and `,
    )
  const unindexed = compared && notByIndex(compared)
  return {
    lookedUp: all(words, ...besides),
    compared: unindexed,
    walked: all(words && notByIndex(words), unindexed, ...besides),
  }
}

/** The same condition, which is never null here, in a form that no index can use. */
const notByIndex = (condition: SQL): SQL => sql`(${condition}) is not false`

/** The same conditions, and one more. */
export const narrowed = ({ lookedUp, compared, walked }: Conditions, by: SQL): Conditions => ({
  lookedUp: sql`${lookedUp} and ${by}`,
  compared,
  walked: sql`${walked} and ${by}`,
})

/** Operators between words that stand side by side, also with a small word left out between them. */
const BESIDE = / <(?:-|\d+)> /g

/** With so many words, a post that has some usually has the others too. */
const MANY_WORDS = 4

/** Whether the words stand together in some texts and in no others: a phrase, or a whole sentence. */
export const standTogether = ({ understood, queries }: Wanted): boolean =>
  understood.terms.length >= MANY_WORDS || queries.matching.search(BESIDE) >= 0

/**
 * A query for the index, and one to compare the found posts with; empty for none. The index knows which words a post
 * has, but not whether they stand side by side. With excluded phrases it stays in one step, because the words of an
 * excluded phrase may occur.
 */
function inTwoSteps({ matching, rarest }: Queries): { lookUp: string; compare: string } {
  if (rarest) return { lookUp: rarest, compare: matching }
  if (matching.includes('!') || matching.search(BESIDE) < 0) return { lookUp: matching, compare: '' }
  return { lookUp: matching.replace(BESIDE, ' & '), compare: matching }
}

const NOTHING = { lookUp: '', compare: '' }

function inTitle(queries: Queries): { lookedUp: SQL[]; compared: SQL | null } {
  const { lookUp, compare } = inTwoSteps(queries)
  const says = (query: string) => sql`search_rows.title @@ ${query}::tsquery`
  return {
    lookedUp: [sql`search_rows.title is not null`, ...(lookUp ? [says(lookUp)] : [])],
    compared: compare ? says(compare) : null,
  }
}

const filtersOf = ({ thread, author, boards }: Understood): string[] => [
  ...(thread ? [filterOf.thread(thread)] : []),
  ...(author ? [filterOf.author(author.id)] : []),
  ...boards.map(({ id }) => filterOf.board(id)),
]

function besides({ understood, timeZone }: Omit<Wanted, 'queries'>, now: SQL): SQL[] {
  const { after, before, lang, nobody, notYet } = understood
  // PostgreSQL does not know all zones that the forum knows: Debian has moved old names into another package.
  const day = (text: string) => sql`to_timestamp(${startOfDay(text, timeZone).getTime() / 1_000}::float8)`
  return [
    sql`search_rows.posted_at <= ${now}`,
    ...(after ? [sql`search_rows.posted_at >= ${day(after)}`] : []),
    ...(before ? [sql`search_rows.posted_at < ${day(before)}`] : []),
    ...(lang ? [sql`search_rows.language = ${lang}`] : []),
    ...(nobody !== null || notYet ? [sql`false`] : []),
  ]
}

/** How many rows the planner expects, from its statistics of words. Reads no rows. */
export async function estimate(transaction: Transaction, { lookedUp }: Conditions): Promise<number> {
  const { rows } = await transaction.execute<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    sql`explain (format json) select from search_rows where kind = 'post' and ${lookedUp}`,
  )
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}
