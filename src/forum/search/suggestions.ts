import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { withoutAccents, wordsOf } from './words.ts'

/** How many titles with a similar spelling are searched for a word. */
const MOST_TITLES = 200
/** The least similarity of two words (`similarity` of pg_trgm), and of a word and the nearest one in a title. */
const LEAST_ALIKE = 0.4
const LEAST_ALIKE_IN_TITLE = 0.45

/** A word without any hit, as it was typed, and its likely correction. */
export interface Suggestion {
  word: string
  instead: string
}

/** The query with each word that has no hit replaced by its correction. */
export function corrected(typed: string, suggestions: readonly Suggestion[]): string {
  const meant = new Map(suggestions.map(({ word, instead }) => [word, instead]))
  let text = ''
  let from = 0
  for (const { start, end } of wordsOf(typed).words) {
    const instead = meant.get(typed.slice(start, end))
    if (instead === undefined) continue
    text += typed.slice(from, start) + instead
    from = end
  }
  return text + typed.slice(from)
}

/** The word of a title or board with the most similar spelling; null for none. */
export async function spelling(transaction: Transaction, typed: string): Promise<string | null> {
  const words = wordsOf(typed).words
  const [word] = words
  if (!word || words.length > 1) return null
  const plain = withoutAccents(word.text)
  await transaction.execute(
    sql`select set_config('pg_trgm.word_similarity_threshold', ${String(LEAST_ALIKE_IN_TITLE)}, true)`,
  )
  const { rows } = await transaction.execute<{ word: string; title: string }>(sql`
    select word, title
    from (
      select id, title_words from search_rows
      where title_words is not null and ${plain} <% title_words limit ${MOST_TITLES}
    ) as titled
    join posts on posts.id = titled.id
    join threads on threads.id = posts.thread_id
    cross join unnest(string_to_array(title_words, ' ')) as word
    where similarity(word, ${plain}) >= ${LEAST_ALIKE} and word <> ${plain}
    order by similarity(word, ${plain}) desc, length(word), word limit 1`)
  const found = rows[0] ?? (await withTwoSwapped(transaction, plain))
  if (!found) return null
  // With the capitals and accents of the title.
  const written = wordsOf(found.title).words.find(({ text }) => withoutAccents(text) === found.word)
  return written ? found.title.slice(written.start, written.end) : found.word
}

/** In shorter words, swapped letters often make another word. */
const SHORTEST_SWAPPED = 4
/** A correction may be this many letters longer, as in the plural. */
const LONGEST_ENDING = 2
/** Longer words are not tried, because each swap is a look-up. */
const LONGEST_SWAPPED = 24

/**
 * A word with two swapped letters, «camrea», shares few trigrams with the right one. So each word with two neighbours
 * swapped back is looked up.
 */
async function withTwoSwapped(
  transaction: Transaction,
  plain: string,
): Promise<{ word: string; title: string } | null> {
  const letters = [...plain]
  if (letters.length < SHORTEST_SWAPPED || letters.length > LONGEST_SWAPPED) return null
  const meant = letters
    .slice(1)
    .map((letter, at) => [...letters.slice(0, at), letter, letters[at], ...letters.slice(at + 2)].join(''))
    .filter((word) => word !== plain)
  const { rows } = await transaction.execute<{ word: string; title: string }>(sql`
    select word, title
    from (
      select id, title_words from search_rows
      where title_words is not null and title_words like any (${sql.param(meant.map((word) => `%${word}%`))}::text[])
      limit ${MOST_TITLES}
    ) as titled
    join posts on posts.id = titled.id
    join threads on threads.id = posts.thread_id
    cross join unnest(string_to_array(title_words, ' ')) as word
    cross join unnest(${sql.param(meant)}::text[]) as meant
    where starts_with(word, meant) and length(word) <= length(meant) + ${LONGEST_ENDING}
    order by length(word), word limit 1`)
  return rows[0] ?? null
}
