import { and, eq, isNull } from 'drizzle-orm'
import { LEVELS, type Level } from '../../schema/enums.ts'
import { members } from '../../schema/members.ts'
import { threadSubscriptions } from '../../schema/subscriptions.ts'
import { threads } from '../../schema/threads.ts'
import type { Forum } from '../forum.ts'
import { subscribeToThread } from './subscribe.ts'

/**
 * Sets a member's level for a thread through a link in a mail.
 * @returns the former level; null when the member or thread no longer exists.
 */
export async function levelByMail(
  forum: Forum,
  memberId: number,
  threadId: number,
  level: Level,
): Promise<Level | null> {
  const [found] = await forum.database
    .select({ level: threadSubscriptions.level })
    .from(members)
    .innerJoin(threads, eq(threads.id, threadId))
    .leftJoin(
      threadSubscriptions,
      and(eq(threadSubscriptions.memberId, members.id), eq(threadSubscriptions.threadId, threads.id)),
    )
    .where(and(eq(members.id, memberId), isNull(members.leftAt)))
  if (!found) return null
  await subscribeToThread(forum, memberId, threadId, level)
  return LEVELS.find((one) => one === found.level) ?? 'none'
}
