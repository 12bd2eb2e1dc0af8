import { and, eq, sql } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { invalidField, notFound } from '../../platform/problem.ts'
import { bookmarks } from '../../schema/marks.ts'
import { members } from '../../schema/members.ts'
import { findPost } from '../discussion/find-post.ts'
import type { PostInThread } from '../discussion/post-in-thread.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayBookmark } from '../members/permissions.ts'

/** More than anybody looks through again. */
const MOST_BOOKMARKS = 2_000

export interface Bookmark {
  post: number
  member: Actor
  /** Absent: as it was. */
  note?: string | undefined
}

/**
 * Puts a post aside for a member, or writes another note to it. Nobody else learns of it.
 * @throws Problem 404 where it is not there to be read; 422 with as many as there may be.
 */
export async function bookmarkPost(forum: Forum, { post: id, member, note }: Bookmark): Promise<PostInThread> {
  const post = await findPost(forum, id, member)
  if (!mayBookmark(member, post)) throw notFound('posts.not_found')
  await inTransaction(forum, async (transaction) => {
    // Two at once count each other.
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

/** Also where the post is out of sight by now. Answers whether there was one. */
export async function removeBookmark({ database }: Forum, memberId: number, post: number): Promise<boolean> {
  const gone = await database
    .delete(bookmarks)
    .where(and(eq(bookmarks.memberId, memberId), eq(bookmarks.postId, post)))
    .returning({ post: bookmarks.postId })
  return gone.length > 0
}
