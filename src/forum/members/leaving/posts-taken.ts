import { and, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../../../platform/database/database.ts'
import { members } from '../../../schema/members.ts'

/** Ids of erased accounts whose posts must still be erased. */
export async function formerWhoTakePosts(database: Database): Promise<number[]> {
  const found = await database
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.takesPostsAway, true), isNotNull(members.erasedAt)))
  return found.map(({ id }) => id)
}

/** All their posts are erased. */
export async function tookPosts(database: Database, memberId: number): Promise<void> {
  await database.update(members).set({ takesPostsAway: false }).where(eq(members.id, memberId))
}
