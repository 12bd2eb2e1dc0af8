import { eq, sql } from 'drizzle-orm'
import { prepared } from '../../platform/database/prepared.ts'
import { attemptTable, attemptValues, refuseTooMany } from '../../platform/rate-limits/rate-limits.ts'
import { threads } from '../../schema/threads.ts'
import type { Forum } from '../forum.ts'
import { type Thread, threadById, threadColumns } from './thread-queries.ts'

const REPLIES = { action: 'reply', most: 30, seconds: 300 }

const countReply = prepared((database) => {
  const attempt = attemptTable(database)
  return database
    .with(attempt)
    .select({ count: attempt.count, endsAt: attempt.endsAt, thread: threadColumns })
    .from(attempt)
    .leftJoin(threads, eq(threads.id, sql.placeholder('thread')))
    .prepare('count_reply')
})

/**
 * Counts one attempt to reply and answers the thread, null where there is none, in one round trip.
 * @throws Problem 429, with the time to wait, for somebody who replies too often.
 */
export async function countedReply(forum: Forum, author: number, thread: number): Promise<Thread | null> {
  if (!forum.config.rateLimits) return threadById(forum.database, thread)
  const values = { ...attemptValues(forum, REPLIES, String(author)), thread }
  const [counted] = await countReply(forum.database).execute(values)
  if (!counted) throw new Error('An attempt that was not counted')
  refuseTooMany(REPLIES, counted)
  return counted.thread
}
