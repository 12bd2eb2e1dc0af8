import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { posts } from '../../schema/posts.ts'
import { searchVersions } from '../../schema/search.ts'
import type { Forum } from '../forum.ts'
import { indexPosts } from './index-posts.ts'

/** Raise it when texts are split differently: every post is then indexed again. */
export const SEARCH_VERSION = 3

/** Posts in one batch. Their threads take no replies meanwhile, for a tenth of a second. */
const POSTS_PER_JOB = 100

/** Queues a job that indexes existing posts, once for each version. A chain of jobs that broke goes on from there. */
export async function beginIndexing({ database }: Forum): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.insert(searchVersions).values({ version: SEARCH_VERSION }).onConflictDoNothing()
    const [version] = await transaction
      .select({ reached: searchVersions.reached })
      .from(searchVersions)
      .where(and(eq(searchVersions.version, SEARCH_VERSION), isNull(searchVersions.doneAt)))
      .for('update')
    const [before] = await transaction.select({ id: posts.id }).from(posts).limit(1)
    if (version && !before) await done(transaction)
    else if (version && !(await isUnderWay(transaction))) {
      await addJob(transaction, 'index_old_posts', { after: version.reached })
    }
  })
}

const done = (transaction: Transaction) =>
  transaction.update(searchVersions).set({ doneAt: sql`now()` }).where(eq(searchVersions.version, SEARCH_VERSION))

async function isUnderWay(transaction: Transaction): Promise<boolean> {
  const { rows } = await transaction.execute(
    sql`select from graphile_worker.jobs
        where task_identifier = 'index_old_posts' and (attempts < max_attempts or locked_at is not null)`,
  )
  return rows.length > 0
}

/** Indexes one batch of posts from an id on, and queues a job for the next. */
export async function indexOldPosts(forum: Forum, after: number): Promise<void> {
  await inTransaction(forum, async (transaction) => {
    const last = (await indexPosts(transaction, sql`posts.id > ${after}`, POSTS_PER_JOB)).at(-1)
    if (!last) return done(transaction)
    await transaction.update(searchVersions).set({ reached: last }).where(eq(searchVersions.version, SEARCH_VERSION))
    await addJob(transaction, 'index_old_posts', { after: last })
  })
}

/** The same for the rest of one thread. */
export async function indexRestOfThread(forum: Forum, thread: number, after: number): Promise<void> {
  await inTransaction(forum, async (transaction) => {
    const chosen = sql`posts.thread_id = ${thread} and posts.id > ${after}`
    const indexed = await indexPosts(transaction, chosen, POSTS_PER_JOB)
    const last = indexed.at(-1)
    if (last && indexed.length === POSTS_PER_JOB) await addJob(transaction, 'index_posts', { thread, after: last })
  })
}
