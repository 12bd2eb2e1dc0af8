import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import type { Place, Term } from './read-query.ts'
import { askedAbove, configurationOf, OTHER_LANGUAGES, WEIGHTS } from './search-row.ts'
import { bent, type Word, wordsOf } from './words.ts'

/** The languages that a query is tried in where none is asked for; in the others, words are found as they are written. */
const TRIED = ['fr', 'en', 'other']

/** PostgreSQL's own form of a query, in which every word is a stem. Empty where it has none. */
export interface Queries {
  /** What is to be found. */
  matching: string
  /** The same, where all words but one may stand in the title above a reply; empty: it makes no difference. */
  withTitle: string
  /** Of many words the longest, for the index, because each look-up costs the same. Empty: there are few words. */
  longest: string
  /** The stems of its words: to mark them, and to tell whether a title has one. */
  stems: string[]
  /** One of the languages leaves all of its words out, as «de» or «the». */
  small: boolean
}

/** The classes of words that a search in one place looks at; null: all. */
const CLASSES: Partial<Record<Place, string>> = { titles: WEIGHTS.title, posts: WEIGHTS.opening + WEIGHTS.reply }

/** Of more words than these, each must stand in the post itself: three times as many would be compared with each post. */
const MOST_WITH_TITLE = 6
/** Of more terms than these, the index looks up the longest few; the posts that it finds are compared with all. */
const MOST_BY_INDEX = 6
const LOOKED_UP = 6

interface AskedWords {
  terms: readonly Term[]
  without: readonly Term[]
  lang: string | null
  place: Place | null
}

/**
 * Turns what is asked for into PostgreSQL's queries. Each language reads all words by itself, because what is a small word
 * in one may be all that matters in another; what must not be found is found in any of them.
 */
export async function tsqueries(transaction: Database | Transaction, asked: AskedWords): Promise<Queries> {
  const { rows } = await transaction.execute<Queries & Record<string, unknown>>(queriesOf(asked))
  return rows[0] ?? { matching: '', withTitle: '', longest: '', stems: [], small: true }
}

/** One term as PostgreSQL's query in each language that is tried; empty where a language leaves it out. */
export type TermInEach = readonly string[]

/** The same for each term by itself, and as each language reads it: in the order of the terms. */
export async function queriesInEach(
  transaction: Transaction,
  { terms, lang, place }: Omit<AskedWords, 'without'>,
): Promise<(Queries & { inEach: TermInEach })[]> {
  if (terms.length === 0) return []
  const each = terms.map((term, index) => {
    const inEach = languagesOf(lang).map((language) => {
      const read = reading([term], language, classesOf(place))
      return mayStandAbove(terms, place) ? sql`(${read} || ${askedAbove(read)})::text` : sql`${read}::text`
    })
    const asked = queriesOf({ terms: [term], without: [], lang, place })
    return sql`select ${index}::int as index, array[${sql.join(inEach, sql`, `)}] as "inEach", asked.* from (${asked}) as asked`
  })
  const { rows } = await transaction.execute<Queries & { inEach: string[] } & Record<string, unknown>>(
    sql`select * from (${sql.join(each, sql` union all `)}) as each_term order by index`,
  )
  return rows
}

const languagesOf = (lang: string | null): readonly string[] => (lang ? [lang] : TRIED)
const classesOf = (place: Place | null): string => (place ? (CLASSES[place] ?? '') : '')

/** Some words of a few may stand in the title above a reply; one alone is what the opening post is found by. */
const mayStandAbove = ({ length }: readonly Term[], place: Place | null): boolean =>
  place === null && length > 1 && length <= MOST_WITH_TITLE

/** The same as a statement, which answers one row. */
function queriesOf({ terms, without, lang, place }: AskedWords): SQL {
  const languages = languagesOf(lang)
  const classes = classesOf(place)
  const negative = without.map(
    (term) => sql`!! (${anyOf(languages.map((language) => reading([term], language, classes)))})`,
  )
  const stems = sql.join(
    languages.map(
      (language) => sql`to_tsvector(${configurationIn(language)}::regconfig, ${eachWord(terms, language)})`,
    ),
    sql` || `,
  )
  const all = (positive: SQL) => sql`(${sql.join([positive, ...negative], sql` && `)})::text`
  const read = anyOf(languages.map((language) => reading(terms, language, classes)))
  const withTitle = anyOf(languages.map((language) => readingWithTitle(terms, language, classes)))
  const longest = anyOf(languages.map((language) => readingOfLongest(terms, language, classes)))
  const isSmall = (language: string) => sql`numnode(${reading(terms, language, '')}) = 0`
  return sql`
    select ${all(read)} as matching,
           ${mayStandAbove(terms, place) ? all(withTitle) : sql`''`} as "withTitle",
           ${terms.length > MOST_BY_INDEX ? sql`${longest}::text` : sql`''`} as longest,
           tsvector_to_array(${stems}) as stems,
           ${sql.join(languages.map(isSmall), sql` or `)} as small`
}

/** Each reading once: where languages agree, every post is compared with one. */
const anyOf = (readings: readonly SQL[]): SQL => sql`(
    select coalesce(string_agg(distinct '(' || reading::text || ')', ' | '), '')::tsquery
    from unnest(array[${sql.join([...readings], sql`, `)}]) as reading where numnode(reading) > 0)`

/** All the terms, as one language reads them. */
function reading(terms: readonly Term[], language: string, classes: string): SQL {
  const all = terms.map((term) => termIn(term, language, classes)).filter(Boolean)
  return sql`to_tsquery(${configurationIn(language)}::regconfig, ${all.join(' & ')})`
}

/** The same, where any of them but one may stand in the title above. */
function readingWithTitle(terms: readonly Term[], language: string, classes: string): SQL {
  const each = terms.map((term) => reading([term], language, classes))
  return sql`(
    select coalesce(
      string_agg('(' || term::text || ' | ' || ${askedAbove(sql`term`)}::text || ')', ' & ') || ' & (' || string_agg(term::text, ' | ') || ')',
    '')::tsquery
    from unnest(array[${sql.join(each, sql`, `)}]) as term where numnode(term) > 0)`
}

/**
 * The longest of the terms, which are seldom the most common; all where a language leaves these out. What has several words
 * comes last: the index knows of each post that it has them, not that they stand side by side.
 */
function readingOfLongest(terms: readonly Term[], language: string, classes: string): SQL {
  const parts = ({ text }: Term) => wordsOf(text).words.length
  const longest = terms
    .toSorted((one, other) => parts(one) - parts(other) || other.text.length - one.text.length)
    .slice(0, LOOKED_UP)
  const read = reading(longest, language, classes)
  return sql`case when numnode(${read}) > 0 then ${read} else ${reading(terms, language, classes)} end`
}

const configurationIn = (language: string): string =>
  language === 'other' ? OTHER_LANGUAGES : configurationOf(language)

/** One term in the language of `to_tsquery`: words are letters and digits only, so that nothing of them is an operator. */
function termIn({ text, phrase }: Term, language: string, classes: string): string {
  const { words, compounds } = wordsOf(text)
  const written = ({ text }: Word) => `${bent(text, language)}${classes ? `:${classes}` : ''}`
  const besideEachOther = (some: readonly Word[]) =>
    some.length === 1 ? some.map(written).join('') : `(${some.map(written).join(' <-> ')})`
  if (words.length === 0) return ''
  if (phrase) return besideEachOther(words)
  const parts: string[] = []
  let at = 0
  for (const compound of compounds) {
    parts.push(...words.slice(at, compound.from).map(written))
    const apart = besideEachOther(words.slice(compound.from, compound.to))
    parts.push(compound.whole ? written(compound) : `(${apart} | ${written(compound)})`)
    at = compound.to
  }
  parts.push(...words.slice(at).map(written))
  return parts.length === 1 ? parts.join('') : `(${parts.join(' & ')})`
}

const eachWord = (terms: readonly Term[], language: string): string =>
  terms
    .flatMap(({ text }) => {
      const { words, compounds } = wordsOf(text)
      return [...words, ...compounds].map((word) => bent(word.text, language))
    })
    .join(' ')
