import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { startOfDay } from '../../platform/text/i18n/time-zones.ts'
import { filterOf } from './search-row.ts'
import type { Queries } from './tsquery.ts'
import type { Understood } from './understand.ts'

/** What is looked for. */
export interface Wanted {
  understood: Understood
  queries: Queries
  /** Whose days are meant. */
  timeZone: string
}

/** What every hit must be. */
export interface Conditions {
  /** For the one index that knows the words. */
  lookedUp: SQL
  /** What is left to be compared with the posts that it finds, which costs far more for each; null: nothing. */
  compared: SQL | null
  /** All of it in a form that this index does not fit: each post that is read is compared. */
  walked: SQL
}

/** What every hit must be, whatever its words. */
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

/** Those whose titles alone say all that is asked for. */
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

/** The same condition, which is never null here, in a form that no index fits. */
const notByIndex = (condition: SQL): SQL => sql`(${condition}) is not false`

/** The same, and one thing more. */
export const narrowed = ({ lookedUp, compared, walked }: Conditions, by: SQL): Conditions => ({
  lookedUp: sql`${lookedUp} and ${by}`,
  compared,
  walked: sql`${walked} and ${by}`,
})

/** How words that stand side by side are asked for, and with what is left out between them. */
const BESIDE = / <(?:-|\d+)> /g

/** So many words are no accident: who writes some of them writes the others too. */
const MANY_WORDS = 4

/** Whether words are asked for that stand together in some texts and in no others: a phrase, or a whole sentence. */
export const standTogether = ({ understood, queries }: Wanted): boolean =>
  understood.terms.length >= MANY_WORDS || queries.matching.search(BESIDE) >= 0

/**
 * A query for the index, and what the posts that it finds are compared with afterwards; empty: nothing. The index knows of
 * a post that it has some words, not that they stand side by side. Where something must not be found, it stays whole: who
 * wants no phrase does not mind its words.
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
  // PostgreSQL does not know every zone that the forum knows: Debian has put old names into a package of their own.
  const day = (text: string) => sql`to_timestamp(${startOfDay(text, timeZone).getTime() / 1_000}::float8)`
  return [
    sql`search_rows.posted_at <= ${now}`,
    ...(after ? [sql`search_rows.posted_at >= ${day(after)}`] : []),
    ...(before ? [sql`search_rows.posted_at < ${day(before)}`] : []),
    ...(lang ? [sql`search_rows.language = ${lang}`] : []),
    ...(nobody !== null || notYet ? [sql`false`] : []),
  ]
}

/** How many rows the planner expects, from what it knows of how common each word is: it reads none of them. */
export async function estimate(transaction: Transaction, { lookedUp }: Conditions): Promise<number> {
  const { rows } = await transaction.execute<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    sql`explain (format json) select from search_rows where kind = 'post' and ${lookedUp}`,
  )
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}
