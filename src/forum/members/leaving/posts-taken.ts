import { and, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../../../platform/database/database.ts'
import { members } from '../../../schema/members.ts'

/** Whose accounts are erased, and what they wrote is still to be. */
export async function formerWhoTakePosts(database: Database): Promise<number[]> {
  const found = await database
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.takesPostsAway, true), isNotNull(members.erasedAt)))
  return found.map(({ id }) => id)
}

/** Nothing of theirs is left to be removed. */
export async function tookPosts(database: Database, memberId: number): Promise<void> {
  await database.update(members).set({ takesPostsAway: false }).where(eq(members.id, memberId))
}
