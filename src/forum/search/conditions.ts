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
  const inTitles = understood.place === 'titles'
  const { matching, longest } = queries
  const lookedUp = longest || matching
  const words = [lookedUp && !inTitles ? `(${lookedUp})` : '', ...filtersOf(understood)].filter(Boolean)
  const asked = [
    ...(words.length > 0 ? [sql`search_rows.words @@ ${words.join(' & ')}::tsquery`] : []),
    // In a form that no index fits: only the posts that it found are compared with all the words.
    ...(longest && !inTitles ? [sql`(search_rows.words @@ ${matching}::tsquery) is not false`] : []),
    ...(inTitles ? [inTitle(queries)] : []),
    ...besides({ understood, timeZone }, now),
  ]
  return sql.join(asked, sql` and `)
}

/** Those whose titles alone say all that is asked for. */
export function titleConditions({ understood, queries, timeZone }: Wanted, now: SQL): SQL {
  const filters = filtersOf(understood).join(' & ')
  const asked = [
    inTitle(queries),
    ...(filters ? [sql`search_rows.words @@ ${filters}::tsquery`] : []),
    ...besides({ understood, timeZone }, now),
  ]
  return sql.join(asked, sql` and `)
}

const inTitle = ({ matching }: Queries): SQL =>
  matching
    ? sql`search_rows.title is not null and search_rows.title @@ ${matching}::tsquery`
    : sql`search_rows.title is not null`

const filtersOf = ({ thread, author, boards }: Understood): string[] => [
  ...(thread ? [filterOf.thread(thread)] : []),
  ...(author ? [filterOf.author(author.id)] : []),
  ...boards.map(({ id }) => filterOf.board(id)),
]

function besides({ understood, timeZone }: Omit<Wanted, 'queries'>, now: SQL): SQL[] {
  const { after, before, lang, nobody, notYet } = understood
  const day = (text: string) => sql`(${text}::date)::timestamp at time zone ${timeZone}`
  return [
    sql`search_rows.posted_at <= ${now}`,
    ...(after ? [sql`search_rows.posted_at >= ${day(after)}`] : []),
    ...(before ? [sql`search_rows.posted_at < ${day(before)}`] : []),
    ...(lang ? [sql`search_rows.language = ${lang}`] : []),
    ...(nobody !== null || notYet ? [sql`false`] : []),
  ]
}

/** How many rows the planner expects, from what it knows of how common each word is: it reads none of them. */
export async function estimate(transaction: Transaction, condition: SQL): Promise<number> {
  const { rows } = await transaction.execute<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    sql`explain (format json) select from search_rows where kind = 'post' and ${condition}`,
  )
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}
