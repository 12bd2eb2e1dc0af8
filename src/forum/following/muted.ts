import { type SQL, sql } from 'drizzle-orm'

/**
 * Whether a member has muted a thread: the thread itself; or one of its boards or crossings, and has not chosen to
 * follow the thread.
 */
export const isMuted = (member: SQL, thread: SQL, boards: SQL): SQL => sql`
  case (select level from thread_subscriptions where member_id = ${member} and thread_id = ${thread})
    when 'muted' then true
    when 'watching' then false
    when 'following' then false
    else exists (
        select from board_subscriptions
        where member_id = ${member} and board_id = any (${boards}) and level = 'muted'
      ) or exists (
        select from crossing_subscriptions
        where member_id = ${member} and city_id = any (${boards}) and technology_id = any (${boards}) and level = 'muted'
      )
  end`
