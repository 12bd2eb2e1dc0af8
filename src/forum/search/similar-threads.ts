import { sql } from 'drizzle-orm'
import type { Forum } from '../forum.ts'
import { isFindable } from './search-row.ts'
import { searching } from './within-time.ts'
import { withoutAccents, wordsOf } from './words.ts'

/** Titles that are alike, of which the most alike are shown. */
const MOST_LOOKED_AT = 200
const MOST_SHOWN = 4
/** How alike a title and the most similar part of another are, at least (`word_similarity` of pg_trgm). */
const LEAST_ALIKE = 0.5
/** One alone is often a board's name: it says nothing yet. */
const FEWEST_WORDS = 2

interface SimilarThread {
  id: number
  slug: string
  title: string
  language: string
  replyCount: number
}

/** Threads whose titles are like one that somebody is typing, the most alike first; none where that would take too long. */
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
