import { sql } from 'drizzle-orm'
import type { Forum } from '../forum.ts'

/** Remembers that a member has read a thread up to a number. Never goes back, nor beyond the last post. */
export async function readUpTo(forum: Forum, member: number, thread: number, number: number): Promise<void> {
  await forum.database.execute(sql`
    insert into reads (member_id, thread_id, number)
    select ${member}, id, least(${number}::int, last_number) from threads where id = ${thread}
    on conflict (member_id, thread_id) do update set number = excluded.number where reads.number < excluded.number`)
  for (const step of forum.steps.threadRead) await step(forum, { member, thread, number })
}
