import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { above, boardNames, bodyWords, configurationOf, filters, isFindable, lineWords, vector } from './search-row.ts'
import { spellingOf } from './spelling.ts'

interface IndexedPost extends Record<string, unknown> {
  id: number
  number: number
  language: string
  html: string
  title: string
  titleLanguage: string
  boards: string
}

/**
 * Indexes the present text of posts that may be found, in place of the old text. Answers the ids of all posts that it
 * read. Locks them and their threads, so that none changes meanwhile.
 * @param chosen a condition on `posts`.
 */
export async function indexPosts(transaction: Transaction, chosen: SQL, most: number): Promise<number[]> {
  const { rows } = await transaction.execute<IndexedPost>(sql`
    select posts.id, posts.number, posts.language, posts.body_html as html, threads.title,
           threads.language as "titleLanguage",
           ${boardNames} as boards
    from posts join threads on threads.id = posts.thread_id
    where ${chosen}
    order by posts.id limit ${most}
    for share of threads, posts`)
  if (rows.length === 0) return []
  await transaction.execute(sql`
    insert into search_rows (kind, id, thread_id, author_id, language, posted_at, title, title_words, words)
    select 'post', posts.id, posts.thread_id, posts.author_id, posts.language, posts.created_at,
           case when posts.number = 1 then ${vector(sql`given.title_configuration`, sql`given.title`, 'title')} end, given.spelling,
           case when posts.number = 1
             then ${vector(sql`given.configuration`, sql`given.body`, 'opening')}
               || ${vector(sql`given.title_configuration`, sql`given.title`, 'title')}
               || ${vector(sql`'french_words'`, sql`given.boards`, 'around')}
             else ${vector(sql`given.configuration`, sql`given.body`, 'reply')}
               || ${above(sql`given.title_configuration`, sql`given.title`)}
           end || ${filters({
             thread: sql`posts.thread_id`,
             author: sql`posts.author_id`,
             boardIds: sql`threads.board_ids`,
           })}
    from jsonb_to_recordset(${JSON.stringify(rows.map(wordsIn))}::jsonb) as given (
      id bigint, configuration text, body text, title_configuration text, title text, boards text, spelling text)
    join posts on posts.id = given.id
    join threads on threads.id = posts.thread_id
    where ${isFindable}
    on conflict (kind, id) do update set
      thread_id = excluded.thread_id, author_id = excluded.author_id, language = excluded.language, posted_at = excluded.posted_at,
      title = excluded.title, title_words = excluded.title_words, words = excluded.words`)
  return rows.map(({ id }) => id)
}

function wordsIn({ id, number, language, html, title, titleLanguage, boards }: IndexedPost) {
  const words = {
    id,
    configuration: configurationOf(language),
    body: bodyWords(html, language),
    title_configuration: configurationOf(titleLanguage),
    title: lineWords(title, titleLanguage),
  }
  return number > 1 ? words : { ...words, boards: lineWords(boards, 'fr'), spelling: spellingOf(title, boards) }
}
