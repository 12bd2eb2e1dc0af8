import { and, asc, desc, gt, isNull, lte, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import { threads } from '../../schema/threads.ts'

/** Threads in one part of the list of all of them: a sitemap may name 50,000 addresses (sitemaps.org). */
export const THREADS_IN_PART = 5_000

const newest = prepared((database) =>
  database.select({ id: threads.id }).from(threads).orderBy(desc(threads.id)).limit(1).prepare('newest_thread'),
)

/** How many parts the list of all threads has: each is a range of ids, so that a thread stays in its part. */
export async function partsOfThreads(database: Database): Promise<number> {
  const [last] = await newest(database).execute()
  return Math.ceil((last?.id ?? 0) / THREADS_IN_PART)
}

const inPart = prepared((database) =>
  database
    .select({ id: threads.id, slug: threads.slug, lastPostAt: threads.lastPostAt })
    .from(threads)
    .where(
      and(
        gt(threads.id, sql.placeholder('after')),
        lte(threads.id, sql.placeholder('upTo')),
        isNull(threads.removedAt),
      ),
    )
    .orderBy(asc(threads.id))
    .limit(THREADS_IN_PART)
    .prepare('threads_in_part'),
)

/** The threads of one part that everybody sees. @param part from 1. */
export const threadsInPart = (database: Database, part: number) =>
  inPart(database).execute({ after: (part - 1) * THREADS_IN_PART, upTo: part * THREADS_IN_PART })
