import { and, asc, between, desc, eq, gt, isNull, lt, min, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { posts, postVersions } from '../../schema/posts.ts'
import { threads } from '../../schema/threads.ts'
import { NEWEST_ID } from './cursor.ts'
import type { PlacedPost } from './reply-to-thread.ts'

/** How many last posts of a thread are read to find their authors. */
const LAST_POSTS = 500

const lastAuthors = statement<{ username: string }>(sql`
    select username
    from (
      select author_id, max(number) as last
      from (
        select author_id, number 
        from posts where thread_id = ${sql.placeholder('thread')} and deleted_at is null
        order by number desc limit ${sql.raw(String(LAST_POSTS))}
      ) as last_posts
      group by author_id
    ) as authors
    join members on members.id = author_id and username is not null
    order by last desc`)

/** The authors of a thread's last posts, latest first, without those whose posts are all deleted. */
export const participants = async (database: Database, thread: number): Promise<string[]> =>
  (await lastAuthors(database, { thread })).map(({ username }) => username)

/** The number of a member's first post in a thread, visible or not; null for none. */
export async function firstNumberOf(database: Database, thread: number, author: number): Promise<number | null> {
  const own = and(eq(posts.threadId, thread), eq(posts.authorId, author))
  const [first] = await database
    .select({ number: min(posts.number) })
    .from(posts)
    .where(own)
  return first?.number ?? null
}

/** The post that a request has already made; null for none. */
export async function postOfRequestIfMade(
  database: Database | Transaction,
  author: number,
  key: string,
): Promise<PlacedPost | null> {
  const [post] = await database
    .select({
      id: posts.id,
      number: posts.number,
      thread: { id: threads.id, slug: threads.slug },
      held: sql<boolean>`${posts.heldAt} is not null`,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.authorId, author), eq(posts.requestKey, key)))
  return post ?? null
}

/** The same, when the post must exist. */
export async function postOfRequest(database: Database, author: number, key: string): Promise<PlacedPost> {
  const post = await postOfRequestIfMade(database, author, key)
  if (!post) throw new Error('The post of a request that was made before is gone')
  return post
}

/** The former texts of a post, from one version to another. */
export const versionsOf = (database: Database, post: number, from: number, to: number) =>
  database
    .select({
      version: postVersions.version,
      title: postVersions.title,
      body: postVersions.body,
      writtenAt: postVersions.writtenAt,
    })
    .from(postVersions)
    .where(and(eq(postVersions.postId, post), between(postVersions.version, from, to)))
    .orderBy(asc(postVersions.version))

/** The number of the version in which a post was published. It is above 0 when its author edited it while it was held. */
export async function firstVersion(
  database: Database,
  { id, editCount }: { id: number; editCount: number },
): Promise<number> {
  const [first] = await database
    .select({ version: postVersions.version })
    .from(postVersions)
    .where(eq(postVersions.postId, id))
    .orderBy(asc(postVersions.version))
    .limit(1)
  return first?.version ?? editCount
}

export const POSTS_ON_PROFILE = 20

/** Which posts of a member are listed: all, opening posts, or replies. */
export const SHOWN_OF_MEMBER = ['all', 'threads', 'replies'] as const
export type ShownOfMember = (typeof SHOWN_OF_MEMBER)[number]

const KINDS = { all: undefined, threads: eq(posts.number, 1), replies: gt(posts.number, 1) }

/** Above this number, a page says «more than», because it must not read many rows only to count them. */
const MOST_WRITTEN_COUNTED = 100

/**
 * How many visible posts a member has written, up to one more than are counted. Part of the query for the posts, which
 * saves a round trip.
 */
const countWritten = (author: number) => sql<number>`(
    select count(*)::int from (
      select from posts as written
      where written.author_id = ${author} and written.deleted_at is null
        -- No join, for which all threads might be read.
        and (select removed_at is null from threads as theirs where theirs.id = written.thread_id)
      order by written.id desc
      limit ${MOST_WRITTEN_COUNTED + 1}
    ) as counted
  )`

/**
 * A member's visible posts before one of them, one more than a page shows. For opening posts it walks the member's
 * threads, because these are few among many replies; the cursor is then the id of a thread.
 */
export const postsBy = (database: Database, author: number, before = NEWEST_ID, shown: ShownOfMember = 'all') => {
  const [id, writtenBy] = shown === 'threads' ? [threads.id, threads.authorId] : [posts.id, posts.authorId]
  return database
    .select({
      id,
      number: posts.number,
      excerpt: posts.excerpt,
      language: posts.language,
      createdAt: posts.createdAt,
      thread: {
        id: threads.id,
        slug: threads.slug,
        title: threads.title,
        language: threads.language,
        boardIds: threads.boardIds,
      },
      // Only the first page of all posts shows the count.
      written: shown === 'all' && before === NEWEST_ID ? countWritten(author) : sql<null>`null`,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(writtenBy, author), lt(id, before), KINDS[shown], isNull(posts.deletedAt), isNull(threads.removedAt)))
    .orderBy(desc(id))
    .limit(POSTS_ON_PROFILE + 1)
}

export type ProfilePost = Awaited<ReturnType<typeof postsBy>>[number]
