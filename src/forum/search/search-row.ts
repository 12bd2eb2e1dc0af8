import { type SQL, sql } from 'drizzle-orm'
import { visibleText } from '../../platform/text/visible-text.ts'
import { indexed, wordsOf } from './words.ts'

/** What PostgreSQL calls the way in which a language's words are compared; the others stay as they are written. */
const CONFIGURATIONS: Record<string, string> = { fr: 'french_words', en: 'english_words' }
export const OTHER_LANGUAGES = 'simple_words'

export const configurationOf = (language: string): string => CONFIGURATIONS[language] ?? OTHER_LANGUAGES

/**
 * Whether a post may be found by everybody: the one place that says so. Joins `posts` and `threads`; whatever hides one of
 * them from readers belongs here, and its verb runs a step of `steps.ts`.
 */
export const isFindable: SQL = sql`(posts.deleted_at is null and threads.removed_at is null)`

/** The words of a rendered body as they are indexed. */
export const bodyWords = (html: string, language: string): string => indexed(wordsOf(visibleText(html)), language)

/** The same of one line. */
export const lineWords = (line: string, language: string): string => indexed(wordsOf(line), language)

/** The names of the boards that a thread of the query stands in, in all languages. */
export const boardNames: SQL<string> = sql<string>`coalesce((
  select string_agg(name.value, ' . ' order by boards.id, name.key)
  from boards cross join jsonb_each_text(boards.name) as name where boards.id = any (threads.board_ids)
), '')`

/**
 * The weights of PostgreSQL's four classes of words; what each is worth is in `ranking.ts`. What stands around a post is the
 * names of its boards with an opening post, and the title of its thread with a reply (`above`).
 */
export const WEIGHTS = { title: 'A', opening: 'B', reply: 'C', around: 'D' } as const

/** A list of words, each in the given class. The configuration and the words are values or columns. */
export const vector = (configuration: SQL, words: SQL, weight: keyof typeof WEIGHTS): SQL =>
  sql`setweight(to_tsvector(${configuration}::regconfig, ${words}), ${sql.raw(`'${WEIGHTS[weight]}'`)})`

/** Before a word, says that it stands in the title above a reply; no text contains it. */
const ABOVE = '^'

/**
 * The title above a reply, each word as one that nobody can type: so the index itself tells a reply that says a word from the
 * many that stand under it.
 */
export const above = (configuration: SQL, title: SQL): SQL => sql`
  coalesce((
    select string_agg('''' || ${sql.raw(`'${ABOVE}'`)} || lexeme || ''':' || array_to_string(positions, 'D,') || 'D', ' ')
    from unnest(to_tsvector(${configuration}::regconfig, ${title}))
  ), '')::tsvector`

/** A query of words, letters and digits only, as one that asks for them in the title above. */
export const askedAbove = (query: SQL): SQL =>
  sql`regexp_replace(${query}::text, '''([^'']+)''', ${sql.raw(`'''${ABOVE}\\1'''`)}, 'g')::tsquery`

/**
 * What a row can be filtered by, as words that no text contains, so that the one index answers «this word in this board»
 * without reading either list of posts.
 */
export const filters = ({ thread, author, boardIds }: { thread: SQL; author: SQL; boardIds: SQL }): SQL => sql`
  array_to_tsvector(array['=thread:' || ${thread}, '=author:' || ${author}]
    || array(select '=board:' || board from unnest(${boardIds}) as board))`

export const filterOf = {
  thread: (id: number): string => `'=thread:${id}'`,
  author: (id: number): string => `'=author:${id}'`,
  board: (id: number): string => `'=board:${id}'`,
}
