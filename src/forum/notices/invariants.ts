import { sql } from 'drizzle-orm'
import type { Invariant } from '../invariant.ts'

const leadsNowhere = sql`
  not exists (
    select from posts where posts.thread_id = notifications.thread_id and posts.number = notifications.number)
  and not exists (
    select from moved_posts
    where moved_posts.thread_id = notifications.thread_id and moved_posts.number = notifications.number)`

/** Unique indexes already enforce these. They are checked too, because a damaged index lets duplicates in. */
export const noticeInvariants: readonly Invariant[] = [
  {
    says: 'members who were told twice of a post',
    broken: sql`
      select from notifications where kind in ('answer', 'mention')
      group by member_id, thread_id, number, kind having count(*) > 1`,
  },
  {
    says: 'members who were told twice of the replies of a thread',
    broken: sql`
      select from notifications where kind = 'reply' and read_at is null and mailed_at is null
      group by member_id, thread_id having count(*) > 1`,
  },
  {
    says: 'members who were told twice of the new threads of a board',
    broken: sql`
      select from notifications where kind = 'thread' and read_at is null and mailed_at is null
      group by member_id, board_id, technology_id having count(*) > 1`,
  },
  {
    says: 'notifications of posts that are nowhere',
    broken: sql`select id from notifications where ${leadsNowhere}`,
    mend: sql`delete from notifications where ${leadsNowhere}`,
  },
  {
    says: 'mails, digests among them, that are there twice',
    broken: sql`
      select from mails where unique_key is not null and member_id is not null
      group by member_id, unique_key having count(*) > 1`,
  },
]
