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
  /** Why moderators took it away. */
  deletedReason: posts.deletedReason,
}

const findPost = (database: Database, which: SQL | undefined) =>
  database
    .select({ ...placed, ...words })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(members, eq(members.id, posts.authorId))
    .where(which)

/** A post with what it says and the thread it stands in, even where it is out of sight: see `postWithWords`. */
export type PostWithWords = Awaited<ReturnType<typeof findPost>>[number]
export type StandingPost = PostWithWords & { deletedAt: null }
/** The place of a post that is out of sight: what it said, and who wrote it, is not there to be shown by mistake. */
export type DeletedPost = Omit<PostWithWords, keyof typeof words | 'deletedAt'> & { deletedAt: Date }
export type PostInThread = StandingPost | DeletedPost

/** A post that can be answered by name: of one that is out of sight, no form says who wrote it, or what. */
export const standing = (post: PostInThread | null): StandingPost | null => (post?.deletedAt === null ? post : null)

function withoutDeletedWords(post: PostWithWords): PostInThread {
  const { deletedAt, ...standing } = post
  if (deletedAt === null) return { ...standing, deletedAt }
  const { author: _author, body: _body, excerpt: _excerpt, deletedReason: _reason, ...place } = standing
  return { ...place, deletedAt }
}

/** One post and the thread it stands in. */
export async function postById(database: Database, id: number): Promise<PostInThread | null> {
  const [post] = await findPost(database, eq(posts.id, id))
  return post ? withoutDeletedWords(post) : null
}

/** The same, by its number in a thread. */
export async function postByNumber(database: Database, thread: number, number: number): Promise<PostInThread | null> {
  const [post] = await findPost(database, and(eq(posts.threadId, thread), eq(posts.number, number)))
  return post ? withoutDeletedWords(post) : null
}

/** One post with what it says, deleted or not: only for those of whom `maySeeVersions` says that they may read it. */
export async function postWithWords(database: Database, id: number): Promise<PostWithWords | null> {
  const [post] = await findPost(database, eq(posts.id, id))
  return post ?? null
}

/** Not where a moderator has moved it since it was read: its thread's counts would go wrong. */
export const isStillAt = ({ thread, number }: Pick<PostInThread, 'thread' | 'number'>) =>
  and(eq(posts.threadId, thread.id), eq(posts.number, number))
