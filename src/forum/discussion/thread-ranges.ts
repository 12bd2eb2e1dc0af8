import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'

/** Ids in one part of the sitemap, which may name 50,000 addresses (sitemaps.org). */
export const THREADS_IN_PART = 2_000

const newestThread = statement<{ id: number }>(sql`select id from threads order by id desc limit 1`)

/** How many parts the list of all threads has. Each is a range of ids, so that a thread never changes its part. */
export async function partsOfThreads(database: Database): Promise<number> {
  const [newest] = await newestThread(database, {})
  return Math.ceil((newest?.id ?? 0) / THREADS_IN_PART)
}

const threadsBetween = statement<{ id: number; slug: string; lastPostAt: Date }>(sql`
    select id, slug, last_post_at as "lastPostAt"
    from threads
    where id > ${sql.placeholder('after')} and id <= ${sql.placeholder('upTo')} and removed_at is null
    order by id limit ${sql.raw(String(THREADS_IN_PART))}`)

/** The threads of one part that everybody may see. @param part from 1. */
export const threadsInPart = (database: Database, part: number) =>
  threadsBetween(database, { after: (part - 1) * THREADS_IN_PART, upTo: part * THREADS_IN_PART })
