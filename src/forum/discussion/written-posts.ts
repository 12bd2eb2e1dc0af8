import { and, asc, eq, gt, lte, sql } from 'drizzle-orm'
import { prepared } from '../../platform/database/prepared.ts'
import { FairQueue } from '../../platform/rate-limits/fair-queue.ts'
import { members } from '../../schema/members.ts'
import { posts } from '../../schema/posts.ts'
import type { Forum } from '../forum.ts'

/** Posts that are in memory at once for somebody who takes a whole thread. */
const BATCH = 50

/** Whole threads are long: who reads a page does not wait for those who take one. */
const queue = new FairQueue({ atOnce: 2, waiting: 200 })

const range = prepared((database) => {
  const found = database
    .select({
      number: posts.number,
      authorId: posts.authorId,
      body: sql<string>`case when ${posts.deletedAt} is null then ${posts.body} else '' end`.as('standing_body'),
      createdAt: posts.createdAt,
      editedAt: posts.editedAt,
      deletedAt: posts.deletedAt,
      deletedBy: posts.deletedBy,
      replyTo: posts.replyTo,
    })
    .from(posts)
    .where(
      and(
        eq(posts.threadId, sql.placeholder('thread')),
        gt(posts.number, sql.placeholder('after')),
        lte(posts.number, sql.placeholder('upTo')),
      ),
    )
    .orderBy(asc(posts.number))
    .limit(BATCH)
    .as('found')
  return database
    .select({ ...found._.selectedFields, author: members.username })
    .from(found)
    .innerJoin(members, eq(members.id, found.authorId))
    .orderBy(asc(found.number))
    .prepare('written_posts')
})

type Row = Awaited<ReturnType<ReturnType<typeof range>['execute']>>[number]

/** A post with what its author typed; of one that is out of sight, its place alone. */
export type WrittenPost =
  | (Omit<Row, 'deletedAt' | 'deletedBy' | 'authorId'> & { deletedAt: null })
  | { number: number; deletedAt: Date; byAuthor: boolean }

function asWritten({ authorId, deletedBy, deletedAt, ...post }: Row): WrittenPost {
  return deletedAt === null
    ? { ...post, deletedAt: null }
    : { number: post.number, deletedAt, byAuthor: deletedBy === authorId }
}

/**
 * All posts of a thread with what their authors typed, in order, some at a time.
 * @param group who asks, or where from: those who ask for much wait for themselves only.
 * @throws Problem 503 where too many take whole threads.
 */
export async function* writtenPosts(
  { database }: Pick<Forum, 'database'>,
  thread: { id: number; lastNumber: number },
  group: string,
): AsyncGenerator<WrittenPost[]> {
  for (let after = 0; after < thread.lastNumber; after += BATCH) {
    const upTo = Math.min(after + BATCH, thread.lastNumber)
    const rows = await queue.run(group, () => range(database).execute({ thread: thread.id, after, upTo }))
    yield rows.map(asWritten)
  }
}
