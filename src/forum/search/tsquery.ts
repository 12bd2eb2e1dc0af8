import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import type { Place, Term } from './read-query.ts'
import { askedAbove, configurationOf, OTHER_LANGUAGES, WEIGHTS } from './search-row.ts'
import { bent, type Word, wordsOf } from './words.ts'

/** The languages in which a query without a language is tried. In others, words are found as written. */
const TRIED = ['fr', 'en', 'other']

/** A search in PostgreSQL's own form, with word stems; empty without words. */
export interface Queries {
  /** The main query. */
  matching: string
  /** The same, but all words except one may be in the title above a reply; empty when that makes no difference. */
  withTitle: string
  /** For many words: the rarest, for the index, which reads its whole list of each word. Empty for few words. */
  rarest: string
  /** The stems of its words, to mark them, and to see whether a title has one. */
  stems: string[]
  /** Whether one of the languages leaves out all words, such as «de» or «the». */
  small: boolean
}

/** The weight classes of a search in one place; null for all. */
const CLASSES: Partial<Record<Place, string>> = { titles: WEIGHTS.title, posts: WEIGHTS.opening + WEIGHTS.reply }

/** With more words, each must be in the post itself. Otherwise three times as many would be compared with each post. */
const MOST_WITH_TITLE = 6
/** With more terms, the index only looks up the rarest. The found posts are compared with all. */
const MOST_BY_INDEX = 6
const LOOKED_UP = 6

interface AskedWords {
  terms: readonly Term[]
  without: readonly Term[]
  lang: string | null
  place: Place | null
}

/**
 * Turns a search into PostgreSQL's queries. Each language reads all words by itself, because a small word in one may
 * matter in another. An excluded word is excluded in every language.
 */
export async function tsqueries(transaction: Database | Transaction, asked: AskedWords): Promise<Queries> {
  const isLong = asked.terms.length > MOST_BY_INDEX
  const rarest = isLong ? (await rarestFirst(transaction, asked)).slice(0, LOOKED_UP) : []
  const { rows } = await transaction.execute<Queries & Record<string, unknown>>(queriesOf(asked, rarest))
  return rows[0] ?? { matching: '', withTitle: '', rarest: '', stems: [], small: true }
}

/** The query of one term in each tried language; empty where the language leaves it out. */
export type TermInEach = readonly string[]

/** The query of each term by itself, in each language; in the order of the terms. */
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

/** Whether words may be in the title above: not a single one, for which the first post is found. */
const mayStandAbove = ({ length }: readonly Term[], place: Place | null): boolean =>
  place === null && length > 1 && length <= MOST_WITH_TITLE

/** The SQL of `tsqueries`, which answers one row. */
function queriesOf({ terms, without, lang, place }: AskedWords, rarest: readonly Term[] = []): SQL {
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
  const ofRarest = anyOf(languages.map((language) => readingOfRarest(rarest, terms, language, classes)))
  const isSmall = (language: string) => sql`numnode(${reading(terms, language, '')}) = 0`
  return sql`
    select ${all(read)} as matching,
           ${mayStandAbove(terms, place) ? all(withTitle) : sql`''`} as "withTitle",
           ${rarest.length > 0 ? sql`${ofRarest}::text` : sql`''`} as rarest,
           tsvector_to_array(${stems}) as stems,
           ${sql.join(languages.map(isSmall), sql` or `)} as small`
}

/** Each different reading once, so that posts are not compared twice where languages agree. */
const anyOf = (readings: readonly SQL[]): SQL => sql`(
    select coalesce(string_agg(distinct '(' || reading::text || ')', ' | '), '')::tsquery
    from unnest(array[${sql.join([...readings], sql`, `)}]) as reading where numnode(reading) > 0)`

/** All terms as one language reads them. */
function reading(terms: readonly Term[], language: string, classes: string): SQL {
  const all = terms.map((term) => termIn(term, language, classes)).filter(Boolean)
  return sql`to_tsquery(${configurationIn(language)}::regconfig, ${all.join(' & ')})`
}

/** The same, but any of them except one may be in the title above. */
function readingWithTitle(terms: readonly Term[], language: string, classes: string): SQL {
  const each = terms.map((term) => reading([term], language, classes))
  return sql`(
    select coalesce(
      string_agg('(' || term::text || ' | ' || ${askedAbove(sql`term`)}::text || ')', ' & ') || ' & (' || string_agg(term::text, ' | ') || ')',
    '')::tsquery
    from unnest(array[${sql.join(each, sql`, `)}]) as term where numnode(term) > 0)`
}

/** The rarest terms; all terms when a language leaves the rarest out. */
function readingOfRarest(rarest: readonly Term[], terms: readonly Term[], language: string, classes: string): SQL {
  const read = reading(rarest, language, classes)
  return sql`case when numnode(${read}) > 0 then ${read} else ${reading(terms, language, classes)} end`
}

/**
 * The terms, rarest first, by PostgreSQL's statistics of the most common words. Among terms without statistics, longer
 * ones come first.
 */
async function rarestFirst(
  transaction: Database | Transaction,
  { terms, lang }: Pick<AskedWords, 'terms' | 'lang'>,
): Promise<Term[]> {
  const each = terms.flatMap(({ text }, place) =>
    languagesOf(lang).map((language) => ({
      place,
      configuration: configurationIn(language),
      words: wordsOf(text)
        .words.map((word) => bent(word.text, language))
        .join(' '),
    })),
  )
  // A word that a language leaves out does not narrow the search there. Of several words, the rarest counts.
  const { rows } = await transaction.execute<{ place: number; share: number }>(sql`
    with common as materialized (
      select word, share
      from pg_stats cross join unnest(most_common_elems::text::text[], most_common_elem_freqs) as known (word, share)
      where schemaname = current_schema() and tablename = 'search_rows' and attname = 'words'
    )
    select place, sum(share)::float8 as share
    from (
      select place, min(case when stem is null then 1 else coalesce(share, 0) end) as share
      from unnest(
        ${sql.param(each.map(({ place }) => place))}::int[],
        ${sql.param(each.map(({ configuration }) => configuration))}::text[],
        ${sql.param(each.map(({ words }) => words))}::text[]
      ) as term (place, configuration, words)
      left join lateral unnest(tsvector_to_array(to_tsvector(configuration::regconfig, words))) as stem on true
      left join common on common.word = stem
      group by place, configuration
    ) as read
    group by place`)
  const shares = new Map(rows.map(({ place, share }) => [place, share]))
  return terms
    .map((term, place) => ({ term, share: shares.get(place) ?? 0 }))
    .sort((one, other) => one.share - other.share || other.term.text.length - one.term.text.length)
    .map(({ term }) => term)
}

const configurationIn = (language: string): string =>
  language === 'other' ? OTHER_LANGUAGES : configurationOf(language)

/** A term in the syntax of `to_tsquery`. Words are only letters and digits, so none is an operator. */
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
