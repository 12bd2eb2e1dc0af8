import { and, desc, eq, inArray, ne, type SQL } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { sessions } from '../../schema/members.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { forgetOffer } from './second-factor/switch-on.ts'
import { sessionHash } from './sessions/adapter.ts'

/** Ends one of a member's sessions, by the hex of its stored hash. Ignores sessions of others. */
export const endSession = (forum: Forum, memberId: number, hash: string): Promise<void> =>
  endSessions(forum, memberId, eq(sessions.idHash, Buffer.from(hash, 'hex')))

/** Ends all of a member's sessions except the one that asks. */
export const endOtherSessions = (forum: Forum, memberId: number, sessionId: string): Promise<void> =>
  endSessions(forum, memberId, ne(sessions.idHash, sessionHash(sessionId)))

/** More than anybody needs, and few enough to fit on one page. */
const MOST_SESSIONS = 100

/** Ends the oldest sessions above the limit. Each login begins one, and nothing else limits them for a month. */
export async function endOldestSessions(forum: Forum, memberId: number): Promise<void> {
  const oldest = await forum.database
    .select({ idHash: sessions.idHash })
    .from(sessions)
    .where(eq(sessions.memberId, memberId))
    .orderBy(desc(sessions.createdAt))
    .offset(MOST_SESSIONS)
  if (oldest.length === 0) return
  const hashes = oldest.map(({ idHash }) => idHash)
  await endSessions(forum, memberId, inArray(sessions.idHash, hashes))
}

async function endSessions(forum: Forum, memberId: number, which: SQL): Promise<void> {
  await inTransaction(forum, async (transaction, announce) => {
    await transaction.delete(sessions).where(and(eq(sessions.memberId, memberId), which))
    await forgetOffer(transaction, memberId)
    await announce(memberEvent('signed-out', memberId))
  })
}
