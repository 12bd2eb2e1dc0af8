import { and, eq, ne, type SQL } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { sessions } from '../../schema/members.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { sessionHash } from './sessions/adapter.ts'

/** Ends one of a member's sessions, named by the hex of its stored hash; another member's is left alone. */
export const endSession = (forum: Forum, memberId: number, hash: string): Promise<void> =>
  endSessions(forum, memberId, eq(sessions.idHash, Buffer.from(hash, 'hex')))

/** Ends all of a member's sessions but the one that asks. */
export const endOtherSessions = (forum: Forum, memberId: number, sessionId: string): Promise<void> =>
  endSessions(forum, memberId, ne(sessions.idHash, sessionHash(sessionId)))

async function endSessions(forum: Forum, memberId: number, which: SQL): Promise<void> {
  await inTransaction(forum, async (transaction, announce) => {
    await transaction.delete(sessions).where(and(eq(sessions.memberId, memberId), which))
    await announce(memberEvent('signed-out', memberId))
  })
}
