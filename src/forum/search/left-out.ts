import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { conditions } from './conditions.ts'
import { newestFitting } from './newest-fitting.ts'
import { lookedFor } from './page-of-posts.ts'
import type { Term } from './read-query.ts'
import { queriesInEach, type TermInEach, tsqueries } from './tsquery.ts'
import type { Understood } from './understand.ts'
import { wordsOf } from './words.ts'

export interface Fewer {
  kept: Term[]
  leftOut: Term[]
  /** Words that no post has, as they were typed. */
  unknown: string[]
}

/** Posts with a word are counted up to this. More frequent words are all equally common. */
const COMMON = 500
/** How many of the newest posts with one word are checked for the other words. */
const LOOKED_AT = 200

/**
 * What to search for when no post has all words. Takes words from the rarest and longest on, and keeps each one that
 * still leaves hits. Words after an invalid operator come last. Small words such as «de» or «the» are left out without a
 * message.
 * @param until when to stop trying, by `performance.now()`.
 */
export async function fewerTerms(
  transaction: Transaction,
  understood: Understood,
  timeZone: string,
  until: number,
): Promise<Fewer> {
  const byRarity = await rarestFirst(transaction, understood)
  const nowhere = byRarity.flatMap(({ term, posts }) => (posts === 0 ? term : []))
  const unknown = await unknownWords(transaction, understood, nowhere)
  const known = byRarity.filter(({ posts }) => posts > 0)
  for (const first of known) {
    if (performance.now() > until) break
    const beside = await termsBeside(transaction, { ...understood, terms: [first.term] }, timeZone, known)
    if (!beside) continue
    const kept = known.filter((_, place) => beside.has(place)).map(({ term }) => term)
    return { kept, leftOut: byRarity.flatMap(({ term }) => (kept.includes(term) ? [] : term)), unknown }
  }
  return { kept: [], leftOut: byRarity.map(({ term }) => term), unknown }
}

/** Words of the terms that no post has; for a phrase, those of its words that no post has either. */
async function unknownWords(
  transaction: Transaction,
  understood: Understood,
  nowhere: readonly Term[],
): Promise<string[]> {
  const words = understood.terms
    .filter((term) => nowhere.includes(term))
    .flatMap(({ text }) => wordsOf(text).words.map(({ start, end }) => text.slice(start, end)))
  if (words.length === nowhere.length) return words
  const terms = words.map((text) => ({ text, phrase: false }))
  const alone = await rarestFirst(transaction, { ...understood, terms })
  const unknown = new Set(alone.flatMap(({ term, posts }) => (posts === 0 ? term.text : [])))
  return words.filter((word) => unknown.has(word))
}

/**
 * Takes the words in order, and keeps each that some of the checked posts has together with all kept words.
 * @returns the places of the kept words; null when no post matches.
 */
async function termsBeside(
  transaction: Transaction,
  asked: Understood,
  timeZone: string,
  known: readonly RareTerm[],
): Promise<Set<number> | null> {
  const wanted = { understood: asked, queries: await tsqueries(transaction, asked), timeZone }
  const now = Date.now() / 1_000
  const { posts } = await newestFitting(transaction, conditions(wanted, sql`to_timestamp(${now}::float8)`), {
    ...lookedFor(wanted, now),
    most: LOOKED_AT,
  })
  if (posts.length === 0) return null
  const languages = known[0]?.inEach.length ?? 0
  // A small word of a language does not count against a post.
  const has = (inEach: TermInEach, language: number) =>
    inEach[language] ? sql`(words @@ ${inEach[language]}::tsquery)` : sql`true`
  const readings = Array.from({ length: languages }, (_, language) => {
    return sql`select array[${sql.join(
      known.map(({ inEach }) => has(inEach, language)),
      sql`, `,
    )}] as has from found`
  })
  const { rows } = await transaction.execute<{ has: boolean[] }>(sql`
    with found as materialized (
      select words from search_rows
      where kind = 'post' and id = any (${sql.param(posts.map(({ id }) => id))}::bigint[])
    )
    select distinct has from (${sql.join(readings, sql` union all `)}) as read`)
  let left = rows.map(({ has }) => has)
  const kept = new Set<number>()
  for (const place of known.keys()) {
    const still = left.filter((has) => has[place])
    if (still.length === 0) continue
    left = still
    kept.add(place)
  }
  return kept
}

interface RareTerm {
  term: Term
  /** At most `COMMON`. */
  posts: number
  /** The query in each language. */
  inEach: TermInEach
}

/** The words without small ones, in the order in which they are tried. */
async function rarestFirst(transaction: Transaction, { terms, lang, place }: Understood): Promise<RareTerm[]> {
  const read = await queriesInEach(transaction, { terms, lang, place })
  const telling = read.flatMap(({ matching, small, inEach }, index) => {
    const term = terms[index]
    return term && !small && matching ? [{ term, matching, inEach }] : []
  })
  const posts = await postsWithEach(
    transaction,
    telling.map(({ matching }) => matching),
  )
  return telling
    .map(({ term, inEach }, index) => ({ term, inEach, posts: posts[index] ?? 0 }))
    .sort(
      (one, other) =>
        Number(one.term.ofOperator === true) - Number(other.term.ofOperator === true) ||
        one.posts - other.posts ||
        other.term.text.length - one.term.text.length,
    )
}

/** How many posts have each word, at most `COMMON`. Counts only words that the planner does not know to be common. */
async function postsWithEach(transaction: Transaction, queries: readonly string[]): Promise<number[]> {
  if (queries.length === 0) return []
  const each = queries.map((query) => sql`select from search_rows where words @@ ${query}::tsquery`)
  const { rows } = await transaction.execute<{ 'QUERY PLAN': [{ Plan: Estimated }] }>(
    sql`explain (format json) ${sql.join(each, sql` union all `)}`,
  )
  const plan = rows[0]?.['QUERY PLAN'][0].Plan
  const expected = (queries.length === 1 ? [plan] : (plan?.Plans ?? [])).map((one) => one?.['Plan Rows'] ?? 0)
  const rare = queries.filter((_, index) => (expected[index] ?? 0) < FAR_FROM_COMMON * COMMON)
  const counted = rare.map(
    (query) => sql`select ${query}::text as query, count(*)::int as posts
      from (select from search_rows where words @@ ${query}::tsquery limit ${COMMON}) as few`,
  )
  if (rare.length === 0) return queries.map(() => COMMON)
  const { rows: counts } = await transaction.execute<{ query: string; posts: number }>(
    sql.join(counted, sql` union all `),
  )
  const byQuery = new Map(counts.map(({ query, posts }) => [query, posts]))
  return queries.map((query) => byQuery.get(query) ?? COMMON)
}

interface Estimated {
  'Plan Rows': number
  Plans?: Estimated[]
}

/** The planner may be wrong by this factor. */
const FAR_FROM_COMMON = 5
