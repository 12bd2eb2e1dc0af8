import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { hasPosts } from './fitting-posts.ts'
import type { Term } from './read-query.ts'
import { queriesOf, tsqueries } from './tsquery.ts'
import type { Understood } from './understand.ts'

export interface Fewer {
  kept: Term[]
  leftOut: Term[]
  /** Those that no post holds. */
  unknown: Term[]
}

/** The posts with a word are counted up to here: words in more posts than this are all equally common. */
const COMMON = 500

/**
 * What to search for where no post holds all words. Takes them from the rarest and longest on, and keeps each with which
 * something is still found. What stood behind an operator that means nothing here comes last. Small words, such as «de» or
 * «the», are left out without a mention.
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
    return hasPosts(transaction, { understood: asked, queries: await tsqueries(transaction, asked) }, timeZone)
  }
}

/** The words that are not small, and in how many posts each is, at most `COMMON`, in the order in which they are tried. */
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
    where not small and matching <> ''`)
  return rows
    .flatMap(({ place, posts }) => {
      const term = terms[place]
      return term ? [{ term, posts }] : []
    })
    .sort(
      (one, other) =>
        Number(one.term.ofOperator === true) - Number(other.term.ofOperator === true) ||
        one.posts - other.posts ||
        other.term.text.length - one.term.text.length,
    )
}
