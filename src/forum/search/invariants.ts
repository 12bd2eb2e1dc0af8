import { sql } from 'drizzle-orm'
import type { Invariant } from '../invariant.ts'
import { SEARCH_VERSION } from './index-old-posts.ts'
import { isFindable } from './search-row.ts'

/** Whether jobs that index posts still wait. */
const isUnderWay = sql`(
  exists (select from search_versions where version = ${sql.raw(String(SEARCH_VERSION))} and done_at is null)
  or exists (
    select from graphile_worker.jobs
    where task_identifier in ('index_posts', 'index_old_posts') and attempts < max_attempts))`

const missing = sql`
  select posts.id from posts join threads on threads.id = posts.thread_id
  where ${isFindable} and not ${isUnderWay}
    and not exists (select from search_rows where kind = 'post' and search_rows.id = posts.id)`

const superfluous = sql`
  kind = 'post' and not exists (
    select from posts join threads on threads.id = posts.thread_id where posts.id = search_rows.id and ${isFindable})`

export const searchInvariants: readonly Invariant[] = [
  {
    says: 'posts that search does not find',
    broken: missing,
    mend: sql`
      select graphile_worker.add_job('index_posts', json_build_object('thread', thread_id, 'after', 0))
      from (select distinct thread_id from posts where id in (${missing})) as lacking`,
  },
  {
    says: 'posts that search finds, though nobody may read them',
    broken: sql`select id from search_rows where ${superfluous}`,
    mend: sql`delete from search_rows where ${superfluous}`,
  },
  {
    says: 'posts that search finds in another thread, or by another author',
    broken: sql`
      select posts.id from search_rows join posts on posts.id = search_rows.id
      where kind = 'post' and not ${isUnderWay}
        and (search_rows.thread_id <> posts.thread_id or search_rows.author_id <> posts.author_id)`,
    mend: sql`
      select graphile_worker.add_job('index_posts', json_build_object('thread', thread_id, 'after', 0))
      from (
        select distinct posts.thread_id from search_rows join posts on posts.id = search_rows.id
        where kind = 'post' and (search_rows.thread_id <> posts.thread_id or search_rows.author_id <> posts.author_id)) as other`,
  },
]
