import { type SQL, sql } from 'drizzle-orm'

/**
 * Whether a member wants to hear nothing of a thread: they have muted it, or one of the boards or crossings in which
 * it stands and have not chosen to follow the thread itself.
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
