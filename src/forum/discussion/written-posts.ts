import { sql } from 'drizzle-orm'
import { statement } from '../../platform/database/statement.ts'
import { FairQueue } from '../../platform/rate-limits/fair-queue.ts'
import type { MemberName } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'

/** Posts in memory at once for a whole thread. */
const BATCH = 50

/** Bounds the work for whole threads, so that readers of pages do not wait for it. */
const queue = new FairQueue({ atOnce: 2, waiting: 200 })

interface Row {
  number: number
  authorId: number
  author: MemberName
  body: string
  createdAt: Date
  editedAt: Date | null
  deletedAt: Date | null
  deletedBy: number | null
  replyTo: number | null
}

/** The text of a deleted post does not leave the database. */
const postsBetween = statement<Row>(sql`
    select found.number, found.author_id as "authorId", members.username as author, found.body,
      found.created_at as "createdAt", found.edited_at as "editedAt", found.deleted_at as "deletedAt",
      found.deleted_by as "deletedBy", found.reply_to as "replyTo"
    from (
      select number, author_id, created_at, edited_at, deleted_at, deleted_by, reply_to,
        case when deleted_at is null then body else '' end as body
      from posts
      where thread_id = ${sql.placeholder('thread')}
        and number > ${sql.placeholder('after')} and number <= ${sql.placeholder('upTo')} and held_at is null
      order by number limit ${sql.raw(String(BATCH))}
    ) as found
    join members on members.id = found.author_id
    order by found.number`)

/** A post with its Markdown; for a hidden one, its place alone. */
export type WrittenPost =
  | (Omit<Row, 'deletedAt' | 'deletedBy' | 'authorId'> & { deletedAt: null })
  | { number: number; deletedAt: Date; byAuthor: boolean }

function asWritten({ authorId, deletedBy, deletedAt, ...post }: Row): WrittenPost {
  return deletedAt === null
    ? { ...post, deletedAt: null }
    : { number: post.number, deletedAt, byAuthor: deletedBy === authorId }
}

/**
 * All posts of a thread in order with their Markdown, read in batches.
 * @param group the member or network that asks. Its requests queue behind each other, so that it delays no other group.
 * @throws Problem 503 when too many wait.
 */
export async function* writtenPosts(
  { database }: Pick<Forum, 'database'>,
  thread: { id: number; lastNumber: number },
  group: string,
): AsyncGenerator<WrittenPost[]> {
  for (let after = 0; after < thread.lastNumber; after += BATCH) {
    const upTo = Math.min(after + BATCH, thread.lastNumber)
    const rows = await queue.run(group, () => postsBetween(database, { thread: thread.id, after, upTo }))
    yield rows.map(asWritten)
  }
}
