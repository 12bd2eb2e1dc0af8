import { and, eq, type SQL } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { members } from '../../schema/members.ts'
import { posts } from '../../schema/posts.ts'
import { threads } from '../../schema/threads.ts'

const placed = {
  id: posts.id,
  number: posts.number,
  authorId: posts.authorId,
  language: posts.language,
  languageChosen: posts.languageChosen,
  createdAt: posts.createdAt,
  editedAt: posts.editedAt,
  editCount: posts.editCount,
  deletedAt: posts.deletedAt,
  deletedBy: posts.deletedBy,
  heldAt: posts.heldAt,
  erasedAt: posts.erasedAt,
  thread: {
    id: threads.id,
    slug: threads.slug,
    title: threads.title,
    language: threads.language,
    lastNumber: threads.lastNumber,
    removedAt: threads.removedAt,
    emptied: threads.emptied,
    lockedAt: threads.lockedAt,
    boardIds: threads.boardIds,
  },
}
const words = {
  author: members.username,
  body: posts.body,
  excerpt: posts.excerpt,
  /** Why moderators removed it. */
  deletedReason: posts.deletedReason,
}

const findPost = (database: Database, which: SQL | undefined) =>
  database
    .select({ ...placed, ...words })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(members, eq(members.id, posts.authorId))
    .where(which)

/** A post with its text and its thread, even when it is hidden: see `postWithWords`. */
export type PostWithWords = Awaited<ReturnType<typeof findPost>>[number]
export type StandingPost = PostWithWords & { deletedAt: null }
/** The place of a hidden post. Has no text and no author, so that no page can show them by mistake. */
export type DeletedPost = Omit<PostWithWords, keyof typeof words | 'deletedAt'> & { deletedAt: Date }
export type PostInThread = StandingPost | DeletedPost

/** The post if it is visible; null otherwise, because forms must not name the author of a hidden post. */
export const standing = (post: PostInThread | null): StandingPost | null => (post?.deletedAt === null ? post : null)

function withoutDeletedWords(post: PostWithWords): PostInThread {
  const { deletedAt, ...standing } = post
  if (deletedAt === null) return { ...standing, deletedAt }
  const { author: _author, body: _body, excerpt: _excerpt, deletedReason: _reason, ...place } = standing
  return { ...place, deletedAt }
}

/** A post and its thread. */
export async function postById(database: Database, id: number): Promise<PostInThread | null> {
  const [post] = await findPost(database, eq(posts.id, id))
  return post ? withoutDeletedWords(post) : null
}

/** The same, by its number in a thread. */
export async function postByNumber(database: Database, thread: number, number: number): Promise<PostInThread | null> {
  const [post] = await findPost(database, and(eq(posts.threadId, thread), eq(posts.number, number)))
  return post ? withoutDeletedWords(post) : null
}

/** A post with its text, deleted or not. Only for readers whom `maySeeVersions` allows it. */
export async function postWithWords(database: Database, id: number): Promise<PostWithWords | null> {
  const [post] = await findPost(database, eq(posts.id, id))
  return post ?? null
}

/** False when a moderator has moved the post since it was read. Then the thread's counts would go wrong. */
export const isStillAt = ({ thread, number }: Pick<PostInThread, 'thread' | 'number'>) =>
  and(eq(posts.threadId, thread.id), eq(posts.number, number))
