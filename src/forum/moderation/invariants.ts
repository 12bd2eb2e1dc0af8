import { sql } from 'drizzle-orm'
import type { Invariant } from '../invariant.ts'

const reports = sql`(
  (select count(*) from flags where case_id = cases.id) + (select count(*) from notices where case_id = cases.id))`

/** See `isWaiting` of the permissions. */
const waits = sql`posts.held_at is not null and posts.deleted_by is null and posts.erased_at is null`

export const moderationInvariants: readonly Invariant[] = [
  {
    // A closed case keeps its count when its notices are deleted after their time.
    says: 'cases with a wrong number of reports',
    broken: sql`select id from cases where closed_at is null and flag_count <> ${reports}`,
    mend: sql`update cases set flag_count = ${reports} where closed_at is null and flag_count <> ${reports}`,
  },
  {
    says: 'posts that wait for a moderator whom nobody asks',
    broken: sql`
      select id from posts
      where ${waits} and not exists (
        select from cases where post_id = posts.id and kind = 'held' and closed_at is null)`,
    mend: sql`
      insert into cases (kind, post_id, member_id)
      select 'held', id, author_id from posts
      where ${waits} and not exists (
        select from cases where post_id = posts.id and kind = 'held' and closed_at is null)`,
  },
  {
    says: 'cases that ask a moderator about a post that does not wait',
    broken: sql`
      select cases.id from cases join posts on posts.id = post_id
      where kind = 'held' and closed_at is null and not (${waits})`,
  },
  {
    says: 'sanctions that hold and have no effect',
    broken: sql`
      select sanctions.id from sanctions join members on members.id = member_id
      where lifted_at is null and (until is null or until > now())
        and (kind = 'ban' and banned_at is null or kind = 'silence' and (silenced_until is null or silenced_until < until))`,
  },
]
