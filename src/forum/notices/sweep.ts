import { sql } from 'drizzle-orm'
import { addJob } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { mailNotifications } from './mail-notifications.ts'
import { notifyWatchers } from './notify-watchers.ts'

/** How long a mail waits for further notifications, so that a quick exchange makes one mail. */
const GATHERED = sql.raw(`interval '5 minutes'`)
/** The first sweep ignores older notifications. */
const FIRST = sql.raw(`interval '1 day'`)
const MEMBERS_AT_ONCE = 500
const TURN_MILLISECONDS = 5_000

export const SWEEP = 'sweep_notifications'

/**
 * Does the part of notifications that may be late, so that no reply waits for it: notifies watchers of threads that very
 * many members watch, and mails. Works in turns, so that other jobs can run in between.
 */
export async function sweepNotifications(forum: Forum, turnMilliseconds = TURN_MILLISECONDS): Promise<void> {
  const end = performance.now() + turnMilliseconds
  const isOver = () => performance.now() >= end
  const isDone = (await notifyWatchers(forum, isOver)) && (await mailGathered(forum, isOver))
  if (!isDone) await addJob(forum.database, SWEEP)
}

/**
 * Mails members whose first unmailed notification is old enough. Stores how far it has come only at the end: after a
 * crash, members who already got their mail have nothing left to be mailed. Answers whether all are mailed.
 */
async function mailGathered(forum: Forum, isOver: () => boolean): Promise<boolean> {
  const { database, log } = forum
  // If a clock was ahead, the stored moment may be in the future.
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
      // Catches the error of one member's mail, so that the others get theirs.
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
