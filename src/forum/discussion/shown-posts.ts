import { and, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { POSTS_PER_PAGE } from '../../paths.ts'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { type Html, safeHtml } from '../../platform/text/html.ts'
import type { Role } from '../../schema/enums.ts'
import type { MemberName } from '../../schema/members.ts'
import { posts } from '../../schema/posts.ts'

/**
 * Bytes of posts that a page, or one batch of the live channel, shows whole. Beyond that the longest are folded, because
 * every byte costs readers on phones, and memory in this process.
 */
const HEAVIEST_PAGE = 400_000
const UNFOLDED = 2 ** 31 - 1

interface ShownColumns {
  id: number
  number: number
  authorId: number
  author: MemberName
  authorRole: Role
  startedThread: boolean
  excerpt: string
  language: string
  createdAt: Date
  editedAt: Date | null
  deletedAt: Date | null
  deletedBy: number | null
  erasedAt: Date | null
  heldAt: Date | null
  changeNumber: number
  /** The number of the change that approved it; null when it was never held. */
  approvedChange: number | null
  /** How many members find it useful. */
  usefulCount: number
  replyTo: number | null
  /** The author of the answered post; null when that is hidden, or for no answer. */
  answeredAuthor: string | null
  answeredExcerpt: string | null
  answeredLanguage: string | null
}

/** The row of PostgreSQL. Its HTML was sanitised when it was written. */
type ShownRow = ShownColumns & { bodyHtml: string | null }

/** A visible post. Its HTML is null when it is too long for the page, which then shows the excerpt. */
export type StandingShown = ShownColumns & { bodyHtml: Html | null; deletedAt: null; deletedBy: null; heldAt: null }

/** The place of a hidden post, without its text and author. */
export interface DeletedShown {
  id: number
  number: number
  changeNumber: number
  deletedAt: Date
  /** For `permissions.ts` only. */
  authorId: number
  deletedBy: number | null
  erasedAt: Date | null
  /** Only its author and moderators have seen it. Everybody else sees nothing in its place. */
  heldAt: Date | null
  approvedChange: number | null
  /** Whether it was moved. Its address redirects to the new place. */
  hasMoved?: boolean
}

export type ShownPost = StandingShown | DeletedShown

/**
 * Posts of a thread for a page and the live channel. The inner query finds them first: in a long thread PostgreSQL
 * overestimates them, and would scan the whole thread for the answered posts. Lengths are taken without reading the
 * text. The text of a deleted post does not leave the database.
 */
const shownPosts = (which: SQL, order: SQL) =>
  statement<ShownRow>(sql`
    select shown.id, shown.number, shown.author_id as "authorId", shown.excerpt, shown.language,
      shown.created_at as "createdAt", shown.edited_at as "editedAt", shown.deleted_at as "deletedAt",
      shown.deleted_by as "deletedBy", shown.erased_at as "erasedAt", shown.held_at as "heldAt",
      shown.change_number as "changeNumber", shown.approved_change as "approvedChange", shown.reply_to as "replyTo", shown.useful_count as "usefulCount",
      case when
        sum(octet_length(shown.body_html)) over (order by octet_length(shown.body_html), shown.number)
          <= ${sql.placeholder('heaviest')}::bigint
      then shown.body_html end as "bodyHtml",
      members.username as author, members.role as "authorRole",
      shown.author_id = (select author_id from threads where id = ${sql.placeholder('thread')}) as "startedThread",
      case when answered.deleted_at is null then answered_authors.username end as "answeredAuthor",
      case when answered.deleted_at is null then answered.excerpt end as "answeredExcerpt",
      case when answered.deleted_at is null then answered.language end as "answeredLanguage"
    from (
      select id, thread_id, number, author_id, language, created_at, edited_at, deleted_at, deleted_by, erased_at, held_at, approved_change, change_number, reply_to, useful_count,
        case when deleted_at is null then body_html else '' end as body_html,
        case when deleted_at is null then excerpt else '' end as excerpt
      from posts
      where thread_id = ${sql.placeholder('thread')} and ${which}
      order by ${order} limit ${sql.placeholder('most')}
    ) as shown
    join members on members.id = shown.author_id
    left join posts as answered on answered.thread_id = shown.thread_id and answered.number = shown.reply_to
    left join members as answered_authors on answered_authors.id = answered.author_id
    order by shown.${order}`)

const postsBetween = shownPosts(
  sql`number > ${sql.placeholder('after')} and number <= ${sql.placeholder('upTo')}`,
  sql`number`,
)

/** The posts of a thread above one number and up to another. Costs the same anywhere in the thread. */
export async function postsInRange(
  database: Database,
  thread: number,
  after: number,
  upTo: number,
): Promise<ShownPost[]> {
  const asked = { thread, after, upTo, most: upTo - after, heaviest: HEAVIEST_PAGE }
  return (await postsBetween(database, asked)).map(asShown)
}

/** The posts of one page of a thread. */
export const threadPosts = (database: Database, thread: number, page: number): Promise<ShownPost[]> =>
  postsInRange(database, thread, POSTS_PER_PAGE * (page - 1), POSTS_PER_PAGE * page)

/** One post, however long; null for an unknown number. */
export async function wholePost(database: Database, thread: number, number: number): Promise<ShownPost | null> {
  const asked = { thread, after: number - 1, upTo: number, most: 1, heaviest: UNFOLDED }
  const [post] = await postsBetween(database, asked)
  return post ? asShown(post) : null
}

/** The partial index only has changes above 0. */
const postsChanged = shownPosts(
  sql`change_number > ${sql.placeholder('since')} and change_number > 0 and number <= ${sql.placeholder('upTo')}`,
  sql`change_number`,
)

/** The posts of a thread, up to a number, that were edited, deleted or restored after a change. */
export async function changedPosts(
  database: Database,
  thread: number,
  since: number,
  upTo: number,
  most: number,
): Promise<ShownPost[]> {
  const asked = { thread, since, upTo, most, heaviest: HEAVIEST_PAGE }
  return (await postsChanged(database, asked)).map(asShown)
}

function asShown({ bodyHtml, ...row }: ShownRow): ShownPost {
  const { id, number, changeNumber, deletedAt, authorId, deletedBy, erasedAt, heldAt, approvedChange } = row
  const place = { id, number, changeNumber, authorId, approvedChange }
  if (deletedAt !== null) return { ...place, deletedAt, deletedBy, erasedAt, heldAt }
  const shownHtml = bodyHtml === null ? null : safeHtml(bodyHtml)
  return { ...row, bodyHtml: shownHtml, deletedAt, deletedBy: null, heldAt: null }
}

/** Characters of HTML that a post shows; 0 when it is folded or deleted. */
export const lengthOf = (post: ShownPost): number =>
  post.deletedAt === null ? (post.bodyHtml?.toString().length ?? 0) : 0

/** Characters. Twenty of these fit into a page. */
const LONGEST_REMOVED = 20_000

/** The text of posts that moderators removed, and the reason, for readers who may see them. Long texts are cut. */
export const removedWords = (database: Database, ids: readonly number[]) =>
  database
    .select({
      id: posts.id,
      bodyHtml: sql<Html | null>`
        case when octet_length(${posts.bodyHtml}) <= ${LONGEST_REMOVED} then ${posts.bodyHtml} end`.mapWith(safeHtml),
      excerpt: posts.excerpt,
      language: posts.language,
      reason: posts.deletedReason,
      version: posts.editCount,
      // Regulation (EU) 2022/2065, article 17(3)(c): whether automated means detected it.
      isDetected: sql<boolean>`exists (
        select from cases where cases.post_id = posts.id
          and cases.reasons && array['blocked_word', 'repeats', 'repeated', 'links']
      )`,
    })
    .from(posts)
    .where(inArray(posts.id, [...ids]))

export type RemovedWords = Awaited<ReturnType<typeof removedWords>>[number]

/** The Markdown of visible posts, and how often each was edited. */
export const typedWords = (database: Database, ids: readonly number[]) =>
  database
    .select({ id: posts.id, body: posts.body, version: posts.editCount })
    .from(posts)
    .where(and(inArray(posts.id, [...ids]), isNull(posts.deletedAt)))
