import { sql } from 'drizzle-orm'
import type { Forum } from '../forum.ts'
import { isFindable } from './search-row.ts'
import { searching } from './within-time.ts'
import { withoutAccents, wordsOf } from './words.ts'

/** How many similar titles are read, to show the most similar. */
const MOST_LOOKED_AT = 200
const MOST_SHOWN = 4
/** The least similarity of a title and the nearest part of another (`word_similarity` of pg_trgm). */
const LEAST_ALIKE = 0.5
/** A single word is often a board's name, and says too little. */
const FEWEST_WORDS = 2

interface SimilarThread {
  id: number
  slug: string
  title: string
  language: string
  replyCount: number
}

/** Threads with titles similar to one that somebody types, most similar first; none when that would take too long. */
export async function similarThreads(forum: Forum, title: string): Promise<SimilarThread[]> {
  const { words } = wordsOf(title)
  const typed = words.map(({ text }) => withoutAccents(text)).join(' ')
  if (words.length < FEWEST_WORDS) return []
  const found = await searching(forum, async (transaction) => {
    await transaction.execute(sql`select set_config('pg_trgm.word_similarity_threshold', ${String(LEAST_ALIKE)}, true)`)
    const { rows } = await transaction.execute<SimilarThread & Record<string, unknown>>(sql`
      select threads.id::int, threads.slug, threads.title, threads.language, threads.reply_count as "replyCount"
      from (
        select id from search_rows
        where title_words is not null and ${typed} <% title_words limit ${MOST_LOOKED_AT}
      ) as titled
      join posts on posts.id = titled.id
      join threads on threads.id = posts.thread_id
      -- The words that are kept have the names of boards with them, which make no two titles alike.
      cross join lateral (select word_similarity(${typed}, unaccent(lower(threads.title))) as alike) as compared
      where ${isFindable} and alike >= ${LEAST_ALIKE}
      order by alike desc, threads.id desc limit ${MOST_SHOWN}`)
    return rows
  })
  return found ?? []
}
