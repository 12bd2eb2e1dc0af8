import { and, asc, between, desc, eq, gt, inArray, isNull, lt, lte, min, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { POSTS_PER_PAGE } from '../../paths.ts'
import type { Database } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import { statement } from '../../platform/database/statement.ts'
import { type Html, safeHtml } from '../../platform/text/html.ts'
import { members } from '../../schema/members.ts'
import { posts, postVersions } from '../../schema/posts.ts'
import { threads } from '../../schema/threads.ts'
import type { PlacedPost } from './reply-to-thread.ts'

const answered = alias(posts, 'answered')
const answeredAuthors = alias(members, 'answered_authors')

/**
 * Bytes of posts that one page, or one batch of the live channel, shows whole. Beyond them the longest are folded:
 * readers on a phone, and the memory of this process, pay for each byte.
 */
const HEAVIEST_PAGE = 400_000
const UNFOLDED = 2 ** 31 - 1

/** What is read of a post to be shown; of a deleted one, nothing that it said leaves the database, nor who wrote it. */
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
 * Reads posts as a page and the live channel show them, up to a number. The inner query finds them first: in a long thread
 * PostgreSQL overestimates how many there are, and would scan the whole thread for the posts that they answer. It takes their
 * lengths without reading their text.
 */
function shownPosts(database: Database, which: SQL | undefined, inOrderOf: 'number' | 'changeNumber') {
  const shown = database
    .select(found)
    .from(posts)
    .where(and(eq(posts.threadId, sql.placeholder('thread')), which))
    .orderBy(asc(posts[inOrderOf]))
    .limit(sql.placeholder('most'))
    .as('shown')
  const { threadId: _threadId, bodyHtml, ...columns } = shown._.selectedFields
  const weight = sql`octet_length(${bodyHtml})`
  const weightSoFar = sql`sum(${weight}) over (order by ${weight}, ${shown.number})`
  return database
    .select({
      ...columns,
      bodyHtml: sql<Html | null>`
        case when ${weightSoFar} <= ${sql.placeholder('heaviest')}::bigint then ${bodyHtml} end`.mapWith(safeHtml),
      author: members.username,
      answeredAuthor: sql<string | null>`case when ${answered.deletedAt} is null then ${answeredAuthors.username} end`,
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

type ShownRow = Awaited<ReturnType<ReturnType<typeof range>['execute']>>[number]

/** A post that can be read. Its HTML is null where it is too long for the page: its excerpt stands for it there. */
export type StandingShown = ShownRow & { deletedAt: null; deletedBy: null }

/** The place of a post that was taken out of sight: without a word of it, and without who wrote it. */
export interface DeletedShown {
  id: number
  number: number
  changeNumber: number
  deletedAt: Date
  /** For `permissions.ts` only. */
  authorId: number
  deletedBy: number | null
}

export type ShownPost = StandingShown | DeletedShown

function asShown(row: ShownRow): ShownPost {
  const { id, number, changeNumber, deletedAt, authorId, deletedBy } = row
  return deletedAt === null
    ? { ...row, deletedAt: null, deletedBy: null }
    : { id, number, changeNumber, deletedAt, authorId, deletedBy }
}

/** The posts of a thread with numbers above one and up to another: the same cost wherever they lie. */
export const postsInRange = async (database: Database, thread: number, after: number, upTo: number) =>
  (await range(database).execute({ thread, after, upTo, most: upTo - after, heaviest: HEAVIEST_PAGE })).map(asShown)

/** The posts of one page of a thread. */
export const threadPosts = (database: Database, thread: number, page: number) =>
  postsInRange(database, thread, POSTS_PER_PAGE * (page - 1), POSTS_PER_PAGE * page)

/** One post, however long; null where there is none with this number. */
export async function wholePost(database: Database, thread: number, number: number): Promise<ShownPost | null> {
  const asked = { thread, after: number - 1, upTo: number, most: 1, heaviest: UNFOLDED }
  const [post] = await range(database).execute(asked)
  return post ? asShown(post) : null
}

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
export const changedPosts = async (database: Database, thread: number, since: number, upTo: number, most: number) =>
  (await changes(database).execute({ thread, since, upTo, most, heaviest: HEAVIEST_PAGE })).map(asShown)

/** What posts that moderators took away said, and why: for those who may read that. Long ones show their beginning. */
export const removedWords = (database: Database, ids: readonly number[]) =>
  database
    .select({
      id: posts.id,
      bodyHtml: sql<Html | null>`
        case when octet_length(${posts.bodyHtml}) <= ${LONGEST_REMOVED} then ${posts.bodyHtml} end`.mapWith(safeHtml),
      excerpt: posts.excerpt,
      language: posts.language,
      reason: posts.deletedReason,
    })
    .from(posts)
    .where(inArray(posts.id, [...ids]))

export type RemovedWords = Awaited<ReturnType<typeof removedWords>>[number]

/** Twenty of these are as much as a page holds. */
const LONGEST_REMOVED = 20_000

/** What was typed as some posts that stand, and how often each was edited. */
export const typedWords = (database: Database, ids: readonly number[]) =>
  database
    .select({ id: posts.id, body: posts.body, version: posts.editCount })
    .from(posts)
    .where(and(inArray(posts.id, [...ids]), isNull(posts.deletedAt)))

const TALK = 500

const lastAuthors = statement<{ username: string }>(sql`
    select username
    from (
      select author_id, max(number) as last
      from (
        select author_id, number 
        from posts where thread_id = ${sql.placeholder('thread')} and deleted_at is null
        order by number desc limit ${sql.raw(String(TALK))}
      ) as talk
      group by author_id
    ) as authors
    join members on members.id = author_id
    order by last desc`)

/** The names of those who have written the last posts of a thread, whoever spoke last first; not who has taken back all of it. */
export const participants = async (database: Database, thread: number): Promise<string[]> =>
  (await lastAuthors(database, { thread })).map(({ username }) => username)

const placed = {
  id: posts.id,
  number: posts.number,
  authorId: posts.authorId,
  language: posts.language,
  createdAt: posts.createdAt,
  editedAt: posts.editedAt,
  editCount: posts.editCount,
  deletedAt: posts.deletedAt,
  deletedBy: posts.deletedBy,
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
const words = { author: members.username, body: posts.body, excerpt: posts.excerpt }

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
  const { author: _author, body: _body, excerpt: _excerpt, ...place } = standing
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

/** The number of the first post that a member has in a thread, in sight or not; null where they have none. */
export async function firstNumberOf(database: Database, thread: number, author: number): Promise<number | null> {
  const own = and(eq(posts.threadId, thread), eq(posts.authorId, author))
  const [first] = await database
    .select({ number: min(posts.number) })
    .from(posts)
    .where(own)
  return first?.number ?? null
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

/** What a post said before some of its edits, from one version to another. */
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

/** How many characters of HTML a post shows: none where it is folded or deleted. */
export const lengthOf = (post: ShownPost): number =>
  post.deletedAt === null ? (post.bodyHtml?.toString().length ?? 0) : 0
