import type { Transaction } from '../../platform/database/database.ts'
import type { Term } from './read-query.ts'
import { countUpToMost, hasPosts } from './search.ts'
import { tsqueries } from './tsquery.ts'
import type { Understood } from './understand.ts'

export interface Fewer {
  kept: Term[]
  leftOut: Term[]
  /** Those that nothing holds, whatever else it holds. */
  unknown: Term[]
}

interface Rated {
  term: Term
  /** How many posts it is in. */
  rows: number
}

const byRarity = (one: Rated, other: Rated): number =>
  one.rows - other.rows || other.term.text.length - one.term.text.length

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
  const rated: Rated[] = []
  for (const term of understood.terms) {
    const { matching, small } = await tsqueries(transaction, { ...understood, terms: [term], without: [], place: null })
    if (!small && matching) rated.push({ term, rows: await countUpToMost(transaction, matching) })
  }
  const fewer: Fewer = { kept: [], leftOut: [], unknown: [] }
  for (const { term, rows } of rated.sort(byRarity)) {
    const terms = [...fewer.kept, term]
    if (performance.now() > until) break
    if (await holds({ ...understood, terms })) fewer.kept = terms
    else {
      fewer.leftOut.push(term)
      if (rows === 0) fewer.unknown.push(term)
    }
  }
  return fewer

  async function holds(asked: Understood): Promise<boolean> {
    return hasPosts(transaction, asked, await tsqueries(transaction, asked), timeZone)
  }
}
