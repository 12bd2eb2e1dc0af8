import type { DemoData } from './demo-data.ts'

/** Threads that may be written in while measuring. */
export interface KeptThreads extends AsyncDisposable {
  ids: number[]
}

/**
 * Lets some ordinary threads be written in, and takes out afterwards what was: the demo data stays as it was made, so
 * that the next run measures the same.
 */
export async function keepThreads(data: DemoData, count: number): Promise<KeptThreads> {
  const threads = await data.query<{ id: number }>(
    `select id, last_number, reply_count, last_post_at::text, last_author_id, heat::text
     from threads where last_number between 20 and 400 and locked_at is null order by id limit $1`,
    [count],
  )
  const kept = JSON.stringify(threads)
  const ids = threads.map(({ id }) => id)
  const subscribed = await data.query<{ member_id: number; thread_id: number }>(
    'select member_id, thread_id from thread_subscriptions where thread_id = any($1)',
    [ids],
  )
  return {
    ids,
    async [Symbol.asyncDispose]() {
      await data.query(
        `delete from thread_subscriptions as made using unnest($1::bigint[]) as written (id)
         where thread_id = written.id and not exists (
           select from json_to_recordset($2) as kept (member_id bigint, thread_id bigint)
           where kept.member_id = made.member_id and kept.thread_id = made.thread_id
         )`,
        [ids, JSON.stringify(subscribed)],
      )
      await data.query(
        `delete from notifications using json_to_recordset($1) as kept (id bigint, last_number int)
         where thread_id = kept.id and number > kept.last_number`,
        [kept],
      )
      await data.query(
        `delete from search_rows using posts join json_to_recordset($1) as kept (id bigint, last_number int)
           on posts.thread_id = kept.id and posts.number > kept.last_number
         where search_rows.kind = 'post' and search_rows.id = posts.id`,
        [kept],
      )
      // Who sends the same text more than once is suspect.
      await data.query(
        `delete from cases using posts join json_to_recordset($1) as kept (id bigint, last_number int)
           on posts.thread_id = kept.id and posts.number > kept.last_number
         where cases.post_id = posts.id`,
        [kept],
      )
      await data.query(
        `delete from posts using json_to_recordset($1) as kept (id bigint, last_number int)
         where thread_id = kept.id and number > kept.last_number`,
        [kept],
      )
      await data.query(
        `update threads set last_number = kept.last_number, reply_count = kept.reply_count, last_post_at = kept.last_post_at,
           last_author_id = kept.last_author_id, heat = kept.heat
         from json_to_recordset($1) as kept (id bigint, last_number int, reply_count int, last_post_at timestamptz,
           last_author_id bigint, heat float8) where threads.id = kept.id`,
        [kept],
      )
      for (const places of ['thread_boards', 'crossing_threads']) {
        await data.query(
          `update ${places} set active_at = last_post_at from threads where thread_id = threads.id and thread_id = any($1)`,
          [ids],
        )
      }
      await data.query(
        'vacuum analyze threads, thread_boards, crossing_threads, posts, thread_subscriptions, notifications, search_rows, cases',
      )
    },
  }
}
