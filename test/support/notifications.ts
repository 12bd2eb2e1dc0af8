import { sql } from 'drizzle-orm'
import type { Forum } from '../../src/forum/forum.ts'
import { sweepNotifications } from '../../src/forum/notices/sweep.ts'

/** Lets minutes pass for the notifications that wait to be mailed. */
export async function letPass(forum: Forum, minutes: number): Promise<void> {
  const passed = sql`make_interval(mins => ${minutes})`
  await forum.database.execute(sql`
    update notifications set created_at = created_at - ${passed} where read_at is null and mailed_at is null`)
  await forum.database.execute(sql`update notification_sweeps set swept_until = swept_until - ${passed}`)
}

/** Lets minutes pass, and does what a minute's sweep does. */
export async function sweepAfter(forum: Forum, minutes: number): Promise<void> {
  await letPass(forum, minutes)
  await sweepNotifications(forum)
}

/** How many notifications stand in a thread. */
export async function notifiedIn({ database }: Forum, thread: number): Promise<number> {
  const { rows } = await database.execute(sql`select from notifications where thread_id = ${thread}`)
  return rows.length
}

/** So many members who watch a thread. Answers the first one's id. */
export async function crowdWatches({ database }: Forum, thread: number, count: number): Promise<void> {
  await database.execute(sql`
    with crowd as (
      insert into members (username, username_key, password_hash)
      select 'foule' || n, 'foule' || n, '' from generate_series(1, ${count}::int) as n
      on conflict do nothing
    )
    select`)
  await database.execute(sql`
    insert into thread_subscriptions (member_id, thread_id, level)
    select id, ${thread}, 'watching' from members where username like 'foule%' order by id limit ${count}`)
}
