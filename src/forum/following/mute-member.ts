import { and, eq } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { invalidField, notAllowed, notFound } from '../../platform/problem.ts'
import { mutes } from '../../schema/subscriptions.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayMute } from '../members/permissions.ts'
import { publicProfile } from '../members/queries.ts'

/** A member who mutes more needs another forum. */
const MOST_MUTED = 500

/**
 * Mutes a member for one reader, or ends that: their posts are folded and cause no notifications. Nobody else learns of
 * it.
 * @throws Problem 404 for an unknown name, 403 for oneself, 422 for one mute too many.
 */
export async function muteMember({ database }: Forum, reader: Actor, username: string, muted: boolean): Promise<void> {
  const found = await publicProfile(database, username)
  if (!found) throw notFound('members.not_found')
  if (!mayMute(reader, found)) throw notAllowed()
  const pair = { memberId: reader.id, mutedId: found.id }
  if (!muted) {
    await database.delete(mutes).where(and(eq(mutes.memberId, pair.memberId), eq(mutes.mutedId, pair.mutedId)))
    return
  }
  if ((await mutedBy(database, reader.id)).size >= MOST_MUTED) {
    throw invalidField('username', 'members.too_many_muted', { count: MOST_MUTED })
  }
  await database.insert(mutes).values(pair).onConflictDoNothing()
}

/** Ids of the members whom a reader has muted. */
export async function mutedBy(database: Database, reader: number): Promise<Set<number>> {
  const rows = await database.select({ id: mutes.mutedId }).from(mutes).where(eq(mutes.memberId, reader))
  return new Set(rows.map(({ id }) => id))
}
