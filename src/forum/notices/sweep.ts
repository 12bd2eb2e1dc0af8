import { sql } from 'drizzle-orm'
import { addJob } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { mailNotifications } from './mail-notifications.ts'
import { notifyWatchers } from './notify-watchers.ts'

/** A mail waits so long for more notifications, so that a quarrel is one mail. */
const GATHERED = sql.raw(`interval '5 minutes'`)
/** The first sweep leaves out what is older than this. */
const FIRST = sql.raw(`interval '1 day'`)
const MEMBERS_AT_ONCE = 500
const TURN_MILLISECONDS = 5_000

export const SWEEP = 'sweep_notifications'

/**
 * Does for notifications what may be late, so that no reply waits for it: notifies the watchers of threads that
 * very many watch, and mails those who want that. In turns, so that other jobs come in between.
 */
export async function sweepNotifications(forum: Forum, turnMilliseconds = TURN_MILLISECONDS): Promise<void> {
  const end = performance.now() + turnMilliseconds
  const isOver = () => performance.now() >= end
  const isDone = (await notifyWatchers(forum, isOver)) && (await mailGathered(forum, isOver))
  if (!isDone) await addJob(forum.database, SWEEP)
}

/**
 * Mails the members whose first unmailed notification is old enough by now. How far it has come is remembered once all are
 * mailed: who was mailed before a process was killed has nothing to be mailed any more. Answers whether all are.
 */
async function mailGathered(forum: Forum, isOver: () => boolean): Promise<boolean> {
  const { database, log } = forum
  // A clock that was ahead may have left a moment that is still to come.
  const { rows: moments } = await database.execute<{ from: string; to: string }>(sql`
    select least(
      coalesce((select swept_until from notification_sweeps), now() - ${FIRST}), now() - ${GATHERED}
    )::text as from, (now() - ${GATHERED})::text as to`)
  const [moment] = moments
  if (!moment) throw new Error('The database has no time')
  let after = 0
  for (;;) {
    const { rows } = await database.execute<{ member: number }>(sql`
      select distinct member_id as member
      from notifications join digest_settings using (member_id)
      where notify_by_mail and read_at is null and mailed_at is null and member_id > ${after}
        and notifications.created_at > ${moment.from}::timestamptz and notifications.created_at <= ${moment.to}::timestamptz
      order by member_id limit ${MEMBERS_AT_ONCE}`)
    for (const { member } of rows) {
      if (isOver()) return false
      after = member
      // Whatever is wrong with one member's mail, the others have theirs.
      await mailNotifications(forum, member).catch((error: unknown) => {
        log.error({ err: error }, 'notifications could not be mailed')
      })
    }
    if (rows.length < MEMBERS_AT_ONCE) break
  }
  await database.execute(sql`
    insert into notification_sweeps (swept_until) values (${moment.to}::timestamptz)
    on conflict (single) do update set swept_until = excluded.swept_until`)
  return true
}
