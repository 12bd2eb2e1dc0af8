import { and, eq, ne } from 'drizzle-orm'
import type { Forum } from '../../platform/forum.ts'
import { announce } from '../../platform/live/bus.ts'
import { sessions } from './schema.ts'
import { sessionHash } from './sessions/adapter.ts'

/** Ends one of a member's sessions, named by the hex of its stored hash; another member's is left alone. */
export async function endSession({ database }: Forum, memberId: number, hash: string): Promise<void> {
  await database
    .delete(sessions)
    .where(and(eq(sessions.memberId, memberId), eq(sessions.idHash, Buffer.from(hash, 'hex'))))
  await announce(database, { type: 'signed-out', member: memberId })
}

/** Ends all of a member's sessions but the one that asks. */
export async function endOtherSessions({ database }: Forum, memberId: number, sessionId: string): Promise<void> {
  await database
    .delete(sessions)
    .where(and(eq(sessions.memberId, memberId), ne(sessions.idHash, sessionHash(sessionId))))
  await announce(database, { type: 'signed-out', member: memberId })
}
