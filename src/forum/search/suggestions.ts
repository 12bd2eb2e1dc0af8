import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { withoutAccents, wordsOf } from './words.ts'

/** Titles that are spelt like a word, of which the words are looked at. */
const MOST_TITLES = 200
/** How alike two words are, at least (`similarity` of pg_trgm), and a word and the one of a title that is most like it. */
const LEAST_ALIKE = 0.4
const LEAST_ALIKE_IN_TITLE = 0.45

/** A word that is found nowhere, as it was typed, and what was meant perhaps. */
export interface Suggestion {
  word: string
  instead: string
}

/** What was typed, with what was meant in place of each word that is found nowhere. */
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

/** The word of a title or a board that is spelt most like one that is found nowhere; null where none is. */
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
  // As the title has it, with its capitals and accents.
  const written = wordsOf(found.title).words.find(({ text }) => withoutAccents(text) === found.word)
  return written ? found.title.slice(written.start, written.end) : found.word
}

/** Of shorter words, another order of the letters is often another word. */
const SHORTEST_SWAPPED = 4
/** Letters that a word may have more, as in the plural. */
const LONGEST_ENDING = 2
/** As long as words of titles are: each order of the letters is looked up. */
const LONGEST_SWAPPED = 24

/**
 * A word with two of its letters in the wrong order, «camrea», has few groups of three letters in common with what was meant.
 * So each word that it can be with two neighbours changed back is looked for.
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
