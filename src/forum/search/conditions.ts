import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
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

/** What every hit must be, whatever its words: by the one index where it can be. */
export function conditions({ understood, queries, timeZone }: Wanted, now: SQL): SQL {
  const { thread, author, boards, after, before, lang, place } = understood
  const filters = [
    ...(thread ? [filterOf.thread(thread)] : []),
    ...(author ? [filterOf.author(author.id)] : []),
    ...boards.map(({ id }) => filterOf.board(id)),
  ]
  const all = [queries.matching ? `(${queries.matching})` : '', ...filters].filter(Boolean).join(' & ')
  const day = (text: string) => sql`(${text}::date)::timestamp at time zone ${timeZone}`
  const asked = [
    sql`search_rows.posted_at <= ${now}`,
    ...(all ? [sql`search_rows.words @@ ${all}::tsquery`] : []),
    // Of a thread whose title says it all, a reply that says none of it is no hit. What is in the case, the planner takes no estimate from.
    ...(queries.own
      ? [sql`case when search_rows.title is null then search_rows.words @@ ${queries.own}::tsquery else true end`]
      : []),
    ...(after ? [sql`search_rows.posted_at >= ${day(after)}`] : []),
    ...(before ? [sql`search_rows.posted_at < ${day(before)}`] : []),
    ...(lang ? [sql`search_rows.language = ${lang}`] : []),
    ...(place === 'titles' ? [sql`search_rows.title is not null`] : []),
    // Files, documents and dossiers are not there yet.
    ...(understood.hasFile || place === 'documents' || place === 'dossiers' ? [sql`false`] : []),
  ]
  return sql.join(asked, sql` and `)
}

/** Where the planner expects fewer posts than this, all of them are read and then sorted. */
const FEW = 20_000

/**
 * The newest first. Where few fit, the index by age would be walked to its end to find them, which the planner does not see:
 * of a rare word it knows only that it is rare.
 */
export const newestFirst = (expected: number): SQL =>
  expected < FEW ? sql`posted_at + interval '0 seconds' desc, id desc` : sql`posted_at desc, id desc`

/** How many rows the planner expects, from what it knows of how common each word is: it reads none of them. */
export async function estimate(transaction: Transaction, condition: SQL): Promise<number> {
  const { rows } = await transaction.execute<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    sql`explain (format json) select from search_rows where ${condition}`,
  )
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}
