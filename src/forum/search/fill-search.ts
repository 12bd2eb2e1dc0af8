import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { above, boardNames, bodyWords, configurationOf, filters, isFindable, lineWords, vector } from './search-row.ts'
import { spellingOf } from './spelling.ts'

/** A body that many posts share. A post without a language of its own has its thread's. */
interface SharedBody {
  text: string
  html: string
}

const AT_ONCE = 500

/**
 * Puts very many made-up posts into the search, in the client's transaction. Splits each shared body once, and makes the
 * indexes after the rows, which takes a tenth of the time.
 * @param since the first of the posts.
 */
export async function fillSearch(client: pg.Client, bodies: readonly SharedBody[], since: number): Promise<void> {
  const database = drizzle(client)
  const { rows: indexes } = await database.execute<{ name: string; definition: string }>(sql`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = current_schema() and tablename = 'search_rows' and indexdef like '% USING gin %'`)
  for (const { name } of indexes) await database.execute(sql`drop index ${sql.identifier(name)}`)
  await prepareBodies(database, bodies, since)
  await prepareTitles(database, since)
  await database.execute(sql`
    insert into search_rows (kind, id, thread_id, author_id, language, posted_at, title, title_words, words)
    select 'post', posts.id, posts.thread_id, posts.author_id, posts.language, posts.created_at,
           case when posts.number = 1 then search_titles.title end, case when posts.number = 1 then search_titles.spelling end,
           case when posts.number = 1 then search_bodies.opening || search_titles.title || search_titles.boards
             else search_bodies.reply || search_titles.above
           end || ${filters({ thread: sql`posts.thread_id`, author: sql`posts.author_id`, boardIds: sql`threads.board_ids` })}
    from posts
    join threads on threads.id = posts.thread_id
    join search_bodies on search_bodies.text = posts.body and search_bodies.language = posts.language
    join search_titles on search_titles.thread_id = posts.thread_id
    where posts.id >= ${since} and ${isFindable}
    order by posts.id`)
  for (const { definition } of indexes) await database.execute(sql.raw(definition))
  await database.execute(sql`drop table search_bodies, search_titles`)
}

async function prepareBodies(database: NodePgDatabase, bodies: readonly SharedBody[], since: number): Promise<void> {
  const markup = new Map(bodies.map(({ text, html }) => [text, html]))
  const { rows: written } = await database.execute<{ text: string; language: string }>(sql`
    select distinct body as text, language from posts where id >= ${since}`)
  await database.execute(sql`
    create temporary table search_bodies (text text, language text, opening tsvector, reply tsvector)`)
  for (let at = 0; at < written.length; at += AT_ONCE) {
    const some = written.slice(at, at + AT_ONCE).map(({ text, language }) => ({
      text,
      language,
      configuration: configurationOf(language),
      words: bodyWords(markup.get(text) ?? '', language),
    }))
    await database.execute(sql`
      insert into search_bodies
      select text, language, ${vector(sql`configuration`, sql`words`, 'opening')},
             ${vector(sql`configuration`, sql`words`, 'reply')}
      from jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as given (
        text text, language text, configuration text, words text)`)
  }
}

async function prepareTitles(database: NodePgDatabase, since: number): Promise<void> {
  await database.execute(sql`
    create temporary table search_titles (
      thread_id bigint primary key, title tsvector not null, above tsvector not null, boards tsvector not null, spelling text not null)`)
  for (let after = 0; ; ) {
    const { rows } = await database.execute<{ id: number; title: string; language: string; boards: string }>(sql`
      select threads.id, threads.title, threads.language, ${boardNames} as boards
      from threads join posts on posts.thread_id = threads.id and posts.number = 1
      where posts.id >= ${since} and threads.id > ${after} order by threads.id limit ${AT_ONCE}`)
    const last = rows.at(-1)
    if (!last) return
    after = last.id
    const some = rows.map(({ id, title, language, boards }) => ({
      ...{ id, configuration: configurationOf(language), title: lineWords(title, language) },
      ...{ boards: lineWords(boards, 'fr'), spelling: spellingOf(title, boards) },
    }))
    await database.execute(sql`
      insert into search_titles
      select id, ${vector(sql`configuration`, sql`title`, 'title')}, ${above(sql`configuration`, sql`title`)},
             ${vector(sql`'french_words'`, sql`boards`, 'around')}, spelling
      from jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as given (
        id bigint, configuration text, title text, boards text, spelling text)`)
  }
}
