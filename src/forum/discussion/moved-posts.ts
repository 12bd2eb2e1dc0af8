import { and, eq, gt, lte } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { movedPosts, posts } from '../../schema/posts.ts'
import type { DeletedShown } from './shown-posts.ts'

/** The new place of a post that was moved away from here; null when none was. */
export async function movedPlace(
  database: Database,
  thread: number,
  number: number,
): Promise<{ thread: number; number: number } | null> {
  const [place] = await database
    .select({ thread: posts.threadId, number: posts.number })
    .from(movedPosts)
    .innerJoin(posts, eq(posts.id, movedPosts.postId))
    .where(and(eq(movedPosts.threadId, thread), eq(movedPosts.number, number)))
  return place ?? null
}

/** The numbers, above one and up to another, from which posts were moved away. Answers nothing about the posts. */
export async function movedPlaces(
  database: Database,
  thread: number,
  after: number,
  upTo: number,
): Promise<DeletedShown[]> {
  const places = await database
    .select({ number: movedPosts.number, movedAt: movedPosts.movedAt })
    .from(movedPosts)
    .where(and(eq(movedPosts.threadId, thread), gt(movedPosts.number, after), lte(movedPosts.number, upTo)))
  return places.map(({ number, movedAt }) => ({
    ...{ id: 0, number, changeNumber: 0, deletedAt: movedAt, authorId: 0, deletedBy: null, erasedAt: null },
    ...{ heldAt: null, approvedChange: null },
    hasMoved: true,
  }))
}
