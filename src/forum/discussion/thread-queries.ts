import { eq, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import { threads } from '../../schema/threads.ts'

/** What there is to know of a thread itself. */
export const threadColumns = {
  id: threads.id,
  title: threads.title,
  slug: threads.slug,
  language: threads.language,
  boardIds: threads.boardIds,
  lastNumber: threads.lastNumber,
  replyCount: threads.replyCount,
  changeNumber: threads.changeNumber,
  lockedAt: threads.lockedAt,
  removedAt: threads.removedAt,
  removedReason: threads.removedReason,
  emptied: threads.emptied,
  authorId: threads.authorId,
}

const findThread = prepared((database) =>
  database
    .select(threadColumns)
    .from(threads)
    .where(eq(threads.id, sql.placeholder('id')))
    .prepare('thread_by_id'),
)

export type Thread = NonNullable<Awaited<ReturnType<typeof threadById>>>

/** What there is to know of a thread itself; null where there is none with this id. */
export async function threadById(database: Database, id: number) {
  const [thread] = await findThread(database).execute({ id })
  return thread ?? null
}
