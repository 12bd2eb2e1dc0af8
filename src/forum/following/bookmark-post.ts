import { and, eq, sql } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { invalidField, notFound } from '../../platform/problem.ts'
import { bookmarks } from '../../schema/marks.ts'
import { members } from '../../schema/members.ts'
import { findPost } from '../discussion/find-post.ts'
import type { PostInThread } from '../discussion/post-in-thread.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayBookmark } from '../members/permissions.ts'

/** For one member: more than anybody reads again. */
const MOST_BOOKMARKS = 2_000

export interface Bookmark {
  post: number
  member: Actor
  /** Absent to keep the note. */
  note?: string | undefined
}

/**
 * Bookmarks a post for a member, or changes the note. Nobody else learns of it.
 * @throws Problem 404 when the post cannot be read; 422 for one bookmark too many.
 */
export async function bookmarkPost(forum: Forum, { post: id, member, note }: Bookmark): Promise<PostInThread> {
  const post = await findPost(forum, id, member)
  if (!mayBookmark(member, post)) throw notFound('posts.not_found')
  await inTransaction(forum, async (transaction) => {
    // Locks the member, or two bookmarks at once could exceed the limit.
    await transaction.select({ id: members.id }).from(members).where(eq(members.id, member.id)).for('no key update')
    const mine = await transaction
      .select({ post: bookmarks.postId })
      .from(bookmarks)
      .where(eq(bookmarks.memberId, member.id))
      .limit(MOST_BOOKMARKS)
    const isNew = !mine.some((one) => one.post === id)
    if (isNew && mine.length === MOST_BOOKMARKS)
      throw invalidField('note', 'bookmarks.too_many', { count: MOST_BOOKMARKS })
    await transaction
      .insert(bookmarks)
      .values({ memberId: member.id, postId: id, note: note ?? '' })
      .onConflictDoUpdate({
        target: [bookmarks.memberId, bookmarks.postId],
        set: { note: note ?? sql`${bookmarks.note}` },
      })
  })
  return post
}

/** Removes a bookmark, also of a hidden post. Answers whether there was one. */
export async function removeBookmark({ database }: Forum, memberId: number, post: number): Promise<boolean> {
  const gone = await database
    .delete(bookmarks)
    .where(and(eq(bookmarks.memberId, memberId), eq(bookmarks.postId, post)))
    .returning({ post: bookmarks.postId })
  return gone.length > 0
}
