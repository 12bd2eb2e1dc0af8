import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { withoutAccents, wordsOf } from './words.ts'

/** Titles that are spelt like a word, of which the words are looked at. */
const MOST_TITLES = 200
/** How alike two words are, at least (`similarity` of pg_trgm), and a word and the one of a title that is most like it. */
const LEAST_ALIKE = 0.4
const LEAST_ALIKE_IN_TITLE = 0.45

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
  const [found] = rows
  if (!found) return null
  // As the title has it, with its capitals and accents.
  const written = wordsOf(found.title).words.find(({ text }) => withoutAccents(text) === found.word)
  return written ? found.title.slice(written.start, written.end) : found.word
}
