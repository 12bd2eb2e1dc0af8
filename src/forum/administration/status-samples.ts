import { gte, lt, sql } from 'drizzle-orm'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { statusSamples } from '../../schema/status.ts'
import type { Forum } from '../forum.ts'
import { daysBefore, type Forget, hoursBefore, RETENTION } from '../retention.ts'
import { forumStatus } from './forum-status.ts'

/** Every sample is kept this long. Of older ones, one in two hours is kept. */
const DENSE_HOURS = 25

/** The figures of one moment, for the charts. */
export type StatusSample = typeof statusSamples.$inferSelect

/** Stores a sample of the forum's state, and deletes older ones. */
export async function takeSample(forum: Forum): Promise<void> {
  const { databaseBytes, freeBytes, connections, jobs, mailsQueued: mailsWaiting } = await forumStatus(forum)
  await forum.database.insert(statusSamples).values({
    ...{ databaseBytes, freeBytes, mailsWaiting },
    ...{ connections: connections.ofAll, jobsWaiting: jobs.waiting, jobsFailed: jobs.failed },
  })
  await forum.database.execute(sql`
    delete from status_samples using status_samples as earlier
    where status_samples.taken_at < ${hoursBefore(new Date(), DENSE_HOURS).toISOString()}::timestamptz
      and earlier.taken_at < status_samples.taken_at
      and date_bin('2 hours', earlier.taken_at, 'epoch') = date_bin('2 hours', status_samples.taken_at, 'epoch')`)
}

/** The samples of the last hours, oldest first: one for each span of minutes. */
export const samplesOf = (
  { database }: Pick<Forum, 'database'>,
  hours: number,
  spanMinutes: number,
): Promise<StatusSample[]> => {
  // Written into the SQL, because PostgreSQL takes two parameters for two different expressions. The number is ours.
  const span = sql`date_bin(interval '${sql.raw(String(spanMinutes))} minutes', ${statusSamples.takenAt}, 'epoch')`
  return database
    .selectDistinctOn([span])
    .from(statusSamples)
    .where(gte(statusSamples.takenAt, hoursBefore(new Date(), hours)))
    .orderBy(span, statusSamples.takenAt)
}

export const forgetSamples: Forget<Forum> = async ({ database }, now) => {
  await database.delete(statusSamples).where(lt(statusSamples.takenAt, daysBefore(now, RETENTION.sampleDays)))
}

export const statusJobs: Jobs<Forum> = {
  tasks: { take_status_sample: takeSample },
  schedule: ['*/5 * * * * take_status_sample'],
}
