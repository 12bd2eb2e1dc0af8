import { type SQL, sql } from 'drizzle-orm'
import type { Invariant } from '../invariant.ts'
import { heatOfOnePost } from './activity.ts'
import { MOST_MENTIONS } from './render-body.ts'

/** A post that is moved out and back may be counted twice in a thread's heat. A difference up to this is no fault. */
const HEAT_SLACK = 3

/** Each thread with the values that follow from its posts. */
const counted: SQL = sql`(
  select thread_id, max(number) as newest,
    count(*) filter (where number > 1 and deleted_at is null)::int as replies,
    max(created_at) filter (where deleted_at is null) as last_at,
    (array_agg(author_id order by number desc) filter (where deleted_at is null))[1] as last_author
  from posts group by thread_id)`

/** Where each thread should be listed. */
const places: SQL = sql`(
  select threads.id as thread_id, board as board_id, last_post_at
  from threads, unnest(board_ids) as board where removed_at is null)`

const crossed: SQL = sql`(
  select threads.id as thread_id, city.id as city_id, technology.id as technology_id, last_post_at
  from threads
  join boards as city on city.id = any (board_ids) and city.kind = 'city'
  join boards as technology on technology.id = any (board_ids) and technology.kind = 'technology'
  where removed_at is null)`

const hasStanding: SQL = sql`exists (select from posts where thread_id = threads.id and deleted_at is null)`

const least: SQL = heatOfOnePost(sql`counted.last_at`)
const most: SQL = sql`(${heatOfOnePost(sql`last_post_at`)} + ln(greatest(last_number, 1)) + ${sql.raw(String(HEAT_SLACK))})`

export const discussionInvariants: readonly Invariant[] = [
  {
    says: 'threads that would give a number twice',
    broken: sql`select id from threads join ${counted} as counted on thread_id = id where last_number < newest`,
    mend: sql`update threads set last_number = newest from ${counted} as counted where thread_id = id and last_number < newest`,
  },
  {
    says: 'threads whose posts have numbers that are missing, and nothing was moved away from there',
    broken: sql`
      select id from threads
      where last_number <> (
        select count(*) from (
          select number from posts where thread_id = threads.id
          union select number from moved_posts where thread_id = threads.id) as taken)`,
  },
  {
    says: 'threads with a wrong number of replies',
    broken: sql`
      select id from threads left join ${counted} as counted on thread_id = id where reply_count <> coalesce(replies, 0)`,
    mend: sql`
      update threads set reply_count = coalesce(replies, 0)
      from threads as same left join ${counted} as counted on thread_id = same.id
      where same.id = threads.id and threads.reply_count <> coalesce(replies, 0)`,
  },
  {
    says: 'threads whose last post is newer than they know',
    broken: sql`select id from threads join ${counted} as counted on thread_id = id where last_post_at < last_at`,
    mend: sql`update threads set last_post_at = last_at from ${counted} as counted where thread_id = id and last_post_at < last_at`,
  },
  {
    says: 'threads that name the wrong author of their last post',
    broken: sql`
      select id from threads join ${counted} as counted on thread_id = id
      where last_author is not null and last_author_id <> last_author`,
    mend: sql`
      update threads set last_author_id = last_author from ${counted} as counted
      where thread_id = id and last_author is not null and last_author_id <> last_author`,
  },
  {
    says: 'threads with a heat that their posts do not give',
    broken: sql`
      select id from threads join ${counted} as counted on thread_id = id
      where last_at is not null and heat not between ${least} - 0.001 and ${most}`,
    mend: sql`
      update threads set heat = summed.heat
      from ${counted} as counted, lateral (
        select ${least} + ln(sum(exp(greatest(${heatOfOnePost(sql`created_at`)} - ${least}, -500)))) as heat
        from posts where posts.thread_id = counted.thread_id and deleted_at is null) as summed
      where counted.thread_id = threads.id and last_at is not null
        and threads.heat not between ${least} - 0.001 and ${most}`,
  },
  {
    says: 'places in boards where a thread is missing, stands wrongly or at another time than that of its last post',
    broken: sql`
      select from thread_boards as listed full join ${places} as places using (board_id, thread_id)
      where active_at is distinct from last_post_at`,
    mend: sql`
      with gone as (
        delete from thread_boards as listed
        where not exists (
          select from ${places} as places where places.board_id = listed.board_id and places.thread_id = listed.thread_id))
      insert into thread_boards (board_id, thread_id, active_at)
      select board_id, thread_id, last_post_at from ${places} as places
      on conflict (board_id, thread_id) do update set active_at = excluded.active_at`,
  },
  {
    says: 'places in crossings where a thread is missing, stands wrongly or at another time than that of its last post',
    broken: sql`
      select from crossing_threads as listed full join ${crossed} as crossed using (thread_id, city_id, technology_id)
      where active_at is distinct from last_post_at`,
    mend: sql`
      with gone as (
        delete from crossing_threads as listed
        where not exists (
          select from ${crossed} as crossed
          where crossed.thread_id = listed.thread_id and crossed.city_id = listed.city_id
            and crossed.technology_id = listed.technology_id))
      insert into crossing_threads (thread_id, city_id, technology_id, active_at)
      select thread_id, city_id, technology_id, last_post_at from ${crossed} as crossed
      where exists (
        select from crossings where crossings.city_id = crossed.city_id and crossings.technology_id = crossed.technology_id)
      on conflict (thread_id, city_id, technology_id) do update set active_at = excluded.active_at`,
  },
  {
    says: 'threads in a board, by an author or merged into a thread that is not there',
    broken: sql`
      select id from threads
      where not exists (select from members where members.id = last_author_id)
        or exists (select from unnest(board_ids) as board where not exists (select from boards where boards.id = board))
        or (merged_into is not null and not exists (select from threads as other where other.id = threads.merged_into))`,
  },
  {
    says: 'threads without any post, which lead to no other',
    broken: sql`
      select id from threads where merged_into is null and not exists (select from posts where thread_id = threads.id)`,
  },
  {
    says: 'posts with a wrong number of members who find them useful',
    broken: sql`
      select id from posts
      where useful_count <> (select count(*) from useful_marks where post_id = posts.id)`,
    mend: sql`
      update posts set useful_count = counted.count
      from (select id, (select count(*) from useful_marks where post_id = posts.id)::int as count from posts) as counted
      where counted.id = posts.id and useful_count <> counted.count`,
  },
  {
    says: 'posts that have called more members than a post may, or fewer than were told of it',
    broken: sql`
      select id from posts
      where called_count not between 0 and ${sql.raw(String(MOST_MENTIONS))}
        or called_count < (
          select count(*) from notifications
          where notifications.thread_id = posts.thread_id and notifications.number = posts.number and kind = 'mention')`,
    mend: sql`
      update posts set called_count = least(told.count, ${sql.raw(String(MOST_MENTIONS))})
      from (
        select id, (
          select count(*) from notifications
          where notifications.thread_id = posts.thread_id and notifications.number = posts.number and kind = 'mention') as count
        from posts) as told
      where told.id = posts.id
        and (called_count not between 0 and ${sql.raw(String(MOST_MENTIONS))} or called_count < told.count)`,
  },
  {
    says: 'threads that are called empty though a post of theirs stands, or are in sight though none does',
    broken: sql`
      select id from threads
      where merged_into is null and case
        when emptied then removed_at is null or ${hasStanding}
        else removed_at is null and not ${hasStanding}
      end`,
  },
  {
    says: 'threads that were merged into another, and are in sight or have posts',
    broken: sql`
      select id from threads
      where merged_into is not null and (removed_at is null or exists (select from posts where thread_id = threads.id))`,
  },
  {
    says: 'places in threads that hold a post and lead away from it',
    broken: sql`select from moved_posts join posts using (thread_id, number)`,
  },
  {
    says: 'posts that answer one that never was',
    broken: sql`
      select id from posts
      where reply_to is not null
        and not exists (
          select from posts as answered
          where answered.thread_id = posts.thread_id and answered.number = posts.reply_to)
        and not exists (
          select from moved_posts
          where moved_posts.thread_id = posts.thread_id and moved_posts.number = posts.reply_to)`,
  },
  {
    // Held and erased posts have no versions, and edits before an approval leave none.
    says: 'posts that were edited more or less often than they have former versions',
    broken: sql`
      select id from posts
      where held_at is null and erased_at is null
        and edit_count <> (
          select count(*) + case when approved_change is null then 0 else coalesce(min(version), edit_count) end
          from post_versions where post_id = posts.id)`,
  },
  {
    says: 'posts that wait for a moderator and stand in sight',
    broken: sql`select id from posts where held_at is not null and deleted_at is null`,
  },
]
