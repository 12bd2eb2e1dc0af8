import { type SQL, sql } from 'drizzle-orm'
import { visibleText } from '../../platform/text/visible-text.ts'
import { indexed, wordsOf } from './words.ts'

/** PostgreSQL's text search configurations by language. Other languages are searched as written. */
const CONFIGURATIONS: Record<string, string> = { fr: 'french_words', en: 'english_words' }
export const OTHER_LANGUAGES = 'simple_words'

export const configurationOf = (language: string): string => CONFIGURATIONS[language] ?? OTHER_LANGUAGES

/**
 * Whether everybody may find a post; the only such condition. Needs `posts` and `threads` in the query. Whatever hides a
 * post or thread belongs here, and its verb must run a step of `steps.ts`.
 */
export const isFindable: SQL = sql`(posts.deleted_at is null and threads.removed_at is null)`

/** The words of a rendered body, for the index. */
export const bodyWords = (html: string, language: string): string => indexed(wordsOf(visibleText(html)), language)

/** The words of one line, for the index. */
export const lineWords = (line: string, language: string): string => indexed(wordsOf(line), language)

/** The names of a thread's boards, in all languages. */
export const boardNames: SQL<string> = sql<string>`coalesce((
  select string_agg(name.value, ' . ' order by boards.id, name.key)
  from boards cross join jsonb_each_text(boards.name) as name where boards.id = any (threads.board_ids)
), '')`

/**
 * PostgreSQL's four weight classes; `ranking.ts` has their worth. `around` holds the names of the boards for a first
 * post, and the title of the thread for a reply (`above`).
 */
export const WEIGHTS = { title: 'A', opening: 'B', reply: 'C', around: 'D' } as const

/** A list of words with a weight class. The configuration and the words may be values or columns. */
export const vector = (configuration: SQL, words: SQL, weight: keyof typeof WEIGHTS): SQL =>
  sql`setweight(to_tsvector(${configuration}::regconfig, ${words}), ${sql.raw(`'${WEIGHTS[weight]}'`)})`

/** A prefix for words of the title above a reply. No text contains it. */
const ABOVE = '^'

/**
 * The title above a reply, each word with a prefix that nobody can type. So the index tells a reply that has a word from
 * the many replies below a title with it.
 */
export const above = (configuration: SQL, title: SQL): SQL => sql`
  coalesce((
    select string_agg('''' || ${sql.raw(`'${ABOVE}'`)} || lexeme || ''':' || array_to_string(positions, 'D,') || 'D', ' ')
    from unnest(to_tsvector(${configuration}::regconfig, ${title}))
  ), '')::tsvector`

/** A query of plain words, for those words in the title above. */
export const askedAbove = (query: SQL): SQL =>
  sql`regexp_replace(${query}::text, '''([^'']+)''', ${sql.raw(`'''${ABOVE}\\1'''`)}, 'g')::tsquery`

/**
 * The filters of a row as words that no text contains. So one index answers «this word in this board» without reading
 * the posts of either.
 */
export const filters = ({ thread, author, boardIds }: { thread: SQL; author: SQL; boardIds: SQL }): SQL => sql`
  array_to_tsvector(array['=thread:' || ${thread}, '=author:' || ${author}]
    || array(select '=board:' || board from unnest(${boardIds}) as board))`

export const filterOf = {
  thread: (id: number): string => `'=thread:${id}'`,
  author: (id: number): string => `'=author:${id}'`,
  board: (id: number): string => `'=board:${id}'`,
}
