import { and, asc, desc, eq, gt, isNull, lt, lte, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { POSTS_PER_PAGE } from '../../paths.ts'
import type { Database } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import { statement } from '../../platform/database/statement.ts'
import { members } from '../accounts/schema.ts'
import { threads } from '../threads/schema.ts'
import type { PlacedPost } from './reply-to-thread.ts'
import { posts, postVersions } from './schema.ts'

const answered = alias(posts, 'answered')
const answeredAuthors = alias(members, 'answered_authors')

/** What is read of a post to be shown; of a deleted one, nothing that it said leaves the database. */
const found = {
  id: posts.id,
  threadId: posts.threadId,
  number: posts.number,
  authorId: posts.authorId,
  bodyHtml: sql<string>`case when ${posts.deletedAt} is null then ${posts.bodyHtml} else '' end`.as('shown_html'),
  excerpt: sql<string>`case when ${posts.deletedAt} is null then ${posts.excerpt} else '' end`.as('shown_excerpt'),
  language: posts.language,
  createdAt: posts.createdAt,
  editedAt: posts.editedAt,
  deletedAt: posts.deletedAt,
  deletedBy: posts.deletedBy,
  changeNumber: posts.changeNumber,
  replyTo: posts.replyTo,
}

/**
 * What a page and the live channel show of posts, so many at the most. They are found first and by themselves: in a
 * thread with very many, PostgreSQL expects far more of them than there are, and would read the whole thread for those
 * that they answer.
 */
function shownPosts(database: Database, which: SQL | undefined, inOrderOf: 'number' | 'changeNumber') {
  const shown = database
    .select(found)
    .from(posts)
    .where(and(eq(posts.threadId, sql.placeholder('thread')), which))
    .orderBy(asc(posts[inOrderOf]))
    .limit(sql.placeholder('most'))
    .as('shown')
  const { threadId: _threadId, ...columns } = shown._.selectedFields
  return database
    .select({
      ...columns,
      author: members.username,
      answeredAuthor: answeredAuthors.username,
      answeredExcerpt: sql<string | null>`case when ${answered.deletedAt} is null then ${answered.excerpt} end`,
    })
    .from(shown)
    .innerJoin(members, eq(members.id, shown.authorId))
    .leftJoin(answered, and(eq(answered.threadId, shown.threadId), eq(answered.number, shown.replyTo)))
    .leftJoin(answeredAuthors, eq(answeredAuthors.id, answered.authorId))
    .orderBy(asc(shown[inOrderOf]))
}

const range = prepared((database) =>
  shownPosts(
    database,
    and(gt(posts.number, sql.placeholder('after')), lte(posts.number, sql.placeholder('upTo'))),
    'number',
  ).prepare('posts_in_range'),
)

export type ShownPost = Awaited<ReturnType<typeof postsInRange>>[number]

/** The posts of a thread with numbers above one and up to another: the same cost wherever they lie. */
export const postsInRange = (database: Database, thread: number, after: number, upTo: number) =>
  range(database).execute({ thread, after, upTo, most: upTo - after })

/** The posts of one page of a thread. */
export const threadPosts = (database: Database, thread: number, page: number) =>
  postsInRange(database, thread, POSTS_PER_PAGE * (page - 1), POSTS_PER_PAGE * page)

const changes = prepared((database) =>
  shownPosts(
    database,
    and(
      gt(posts.changeNumber, sql.placeholder('since')),
      // What the partial index is made of.
      gt(posts.changeNumber, 0),
      lte(posts.number, sql.placeholder('upTo')),
    ),
    'changeNumber',
  ).prepare('changed_posts'),
)

/** The posts of a thread, up to a number, that were edited, deleted or restored after its change of some number. */
export const changedPosts = (database: Database, thread: number, since: number, upTo: number, most: number) =>
  changes(database).execute({ thread, since, upTo, most })

const TALK = 500

const lastAuthors = statement<{ username: string }>(
  'participants',
  sql`
    select username
    from (
      select author_id, max(number) as last
      from (
        select author_id, number from posts where thread_id = ${sql.placeholder('thread')} order by number desc limit ${sql.raw(String(TALK))}
      ) as talk
      group by author_id
    ) as authors
    join members on members.id = author_id
    order by last desc`,
)

/** The names of those who have written the last posts of a thread, whoever spoke last first. */
export const participants = async (database: Database, thread: number): Promise<string[]> =>
  (await lastAuthors(database, { thread })).map(({ username }) => username)

const placed = {
  id: posts.id,
  number: posts.number,
  authorId: posts.authorId,
  body: posts.body,
  excerpt: posts.excerpt,
  language: posts.language,
  createdAt: posts.createdAt,
  editedAt: posts.editedAt,
  editCount: posts.editCount,
  deletedAt: posts.deletedAt,
  deletedBy: posts.deletedBy,
  author: members.username,
  thread: {
    id: threads.id,
    slug: threads.slug,
    title: threads.title,
    language: threads.language,
    lastNumber: threads.lastNumber,
    removedAt: threads.removedAt,
    lockedAt: threads.lockedAt,
    boardIds: threads.boardIds,
  },
}

export type PostInThread = NonNullable<Awaited<ReturnType<typeof postById>>>

/** One post with what it says and the thread it stands in. */
export async function postById(database: Database, id: number) {
  const [post] = await database
    .select(placed)
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(members, eq(members.id, posts.authorId))
    .where(eq(posts.id, id))
  return post ?? null
}

/** The same, by its number in a thread. */
export async function postByNumber(database: Database, thread: number, number: number) {
  const [post] = await database
    .select(placed)
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(members, eq(members.id, posts.authorId))
    .where(and(eq(posts.threadId, thread), eq(posts.number, number)))
  return post ?? null
}

/** The post that a request has made already. */
export async function postOfRequest(database: Database, author: number, key: string): Promise<PlacedPost> {
  const [post] = await database
    .select({ id: posts.id, number: posts.number, thread: { id: threads.id, slug: threads.slug } })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.authorId, author), eq(posts.requestKey, key)))
  if (!post) throw new Error('The post of a request that was made before is gone')
  return post
}

/** What a post said before each of its edits, from the first version on. */
export const versionsOf = (database: Database, post: number) =>
  database
    .select({
      version: postVersions.version,
      title: postVersions.title,
      body: postVersions.body,
      writtenAt: postVersions.writtenAt,
    })
    .from(postVersions)
    .where(eq(postVersions.postId, post))
    .orderBy(asc(postVersions.version))

export const POSTS_ON_PROFILE = 20

/** A member's last posts that still stand, older than a post of theirs. */
export const postsBy = (database: Database, author: number, before: number) =>
  database
    .select({
      id: posts.id,
      number: posts.number,
      excerpt: posts.excerpt,
      language: posts.language,
      createdAt: posts.createdAt,
      thread: { id: threads.id, slug: threads.slug, title: threads.title, language: threads.language },
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.authorId, author), lt(posts.id, before), isNull(posts.deletedAt), isNull(threads.removedAt)))
    .orderBy(desc(posts.id))
    .limit(POSTS_ON_PROFILE)
