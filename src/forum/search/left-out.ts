import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import type { Term } from './read-query.ts'
import { hasPosts } from './search.ts'
import { queriesOf, tsqueries } from './tsquery.ts'
import type { Understood } from './understand.ts'

export interface Fewer {
  kept: Term[]
  leftOut: Term[]
  /** Those that nothing holds, whatever else it holds. */
  unknown: Term[]
}

/** Of so many posts with a word, it is as common as any. */
const COMMON = 500

/**
 * What to search for where nothing holds all words: the rarest and longest first, each that still leaves something to be found. Small
 * words, which one of the languages leaves out anyway, neither help nor hinder.
 * @param until when to stop trying, by `performance.now()`.
 */
export async function fewerTerms(
  transaction: Transaction,
  understood: Understood,
  timeZone: string | null,
  until: number,
): Promise<Fewer> {
  const byRarity = await rarestFirst(transaction, understood)
  const fewer: Fewer = {
    kept: [],
    leftOut: [],
    unknown: byRarity.flatMap(({ term, posts }) => (posts === 0 ? term : [])),
  }
  for (const { term, posts } of byRarity) {
    const terms = [...fewer.kept, term]
    const holds = posts > 0 && performance.now() < until && (await isHeld({ ...understood, terms }))
    if (holds) fewer.kept = terms
    else fewer.leftOut.push(term)
  }
  return fewer

  async function isHeld(asked: Understood): Promise<boolean> {
    return hasPosts(transaction, asked, await tsqueries(transaction, asked), timeZone)
  }
}

/** The words that matter, and in how many posts each is, counted up to where it is common: the rarest first, then the longest. */
async function rarestFirst(transaction: Transaction, { terms, lang }: Understood) {
  const each = terms.map(
    (term, place) => sql`select ${place}::int as place, asked.* from (
    ${queriesOf({ terms: [term], without: [], lang, place: null })}) as asked`,
  )
  const { rows } = await transaction.execute<{ place: number; posts: number }>(sql`
    select place, counted.posts
    from (${sql.join(each, sql` union all `)}) as each_term
    cross join lateral (
      select count(*)::int as posts
      from (select from search_rows where words @@ each_term.matching::tsquery limit ${COMMON}) as few
    ) as counted
    where not small and matching <> ''
`)
  return rows
    .flatMap(({ place, posts }) => {
      const term = terms[place]
      return term ? [{ term, posts }] : []
    })
    .sort((one, other) => one.posts - other.posts || other.term.text.length - one.term.text.length)
}
