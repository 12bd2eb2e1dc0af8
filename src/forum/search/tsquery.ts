import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import type { Place, Term } from './read-query.ts'
import { configurationOf, OTHER_LANGUAGES, WEIGHTS } from './search-row.ts'
import { bent, type Word, wordsOf } from './words.ts'

/** The languages that a query is tried in where none is asked for; in the others, words are found as they are written. */
const TRIED = ['fr', 'en', 'other']

/** PostgreSQL's own form of a query, in which every word is a stem. Empty where it has none. */
export interface Queries {
  /** What is to be found. */
  matching: string
  /** The stems of its words: to mark them, and to tell whether a title has one. */
  stems: string[]
  /** Any one of its words, as a post says it itself: not its boards, nor the title that it stands under. */
  own: string
  /** One of the languages leaves all of its words out, as «de» or «the». */
  small: boolean
}

/** The classes of what posts say themselves. */
const OWN = WEIGHTS.opening + WEIGHTS.reply

/** The classes of words that a search in one place looks at; null: all. */
const CLASSES: Partial<Record<Place, string>> = { titles: WEIGHTS.title, posts: OWN }

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
  return rows[0] ?? { matching: '', stems: [], own: '', small: true }
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
    const inEach = languagesOf(lang).map(
      (language) => sql`(${inAll([language], (one) => termIn(term, one, classesOf(place)))})::text`,
    )
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

/** The same as a statement, which answers one row. */
function queriesOf(asked: AskedWords): SQL {
  const languages = languagesOf(asked.lang)
  const classes = classesOf(asked.place)
  const positive = inAll(languages, (language) => joined(asked.terms, language, classes, ' & '))
  const negative = asked.without.map(
    (term) => sql`!! (${inAll(languages, (language) => termIn(term, language, classes))})`,
  )
  const stems = sql.join(
    languages.map(
      (language) => sql`to_tsvector(${configurationIn(language)}::regconfig, ${eachWord(asked.terms, language)})`,
    ),
    sql` || `,
  )
  const matching = sql.join([positive, ...negative], sql` && `)
  const isSmall = (language: string) =>
    sql`numnode(${inAll([language], (one) => joined(asked.terms, one, '', ' & '))}) = 0`
  return sql`
    select (${matching})::text as matching, tsvector_to_array(${stems}) as stems,
           (${inAll(languages, (language) => joined(asked.terms, language, OWN, ' | '))})::text as own,
           ${sql.join(languages.map(isSmall), sql` or `)} as small`
}

const inAll = (languages: readonly string[], written: (language: string) => string): SQL =>
  sql`(${sql.join(
    languages.map((language) => {
      return sql`to_tsquery(${configurationIn(language)}::regconfig, ${written(language)})`
    }),
    sql` || `,
  )})`

const configurationIn = (language: string): string =>
  language === 'other' ? OTHER_LANGUAGES : configurationOf(language)

const joined = (terms: readonly Term[], language: string, classes: string, by: string): string =>
  terms
    .map((term) => termIn(term, language, classes))
    .filter(Boolean)
    .join(by)

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
