import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { MemberName } from '../../schema/members.ts'

/** A thread without its posts. */
export interface Thread {
  id: number
  title: string
  slug: string
  /** The language it was started in. */
  language: string
  boardIds: number[]
  lastNumber: number
  replyCount: number
  changeNumber: number
  lockedAt: Date | null
  removedAt: Date | null
  removedReason: string | null
  /** Hidden because no post is left. */
  emptied: boolean
  /** The thread into which it was merged; null for none. */
  mergedInto: number | null
  authorId: number
  openedAt: Date
  /** The author of the first post; absent when that post is hidden. */
  opener: { name: MemberName } | null
}

const findThread = statement<Thread>(sql`
    select id, title, slug, language, board_ids as "boardIds", last_number as "lastNumber", reply_count as "replyCount",
      change_number as "changeNumber", locked_at as "lockedAt", removed_at as "removedAt",
      removed_reason as "removedReason", emptied, merged_into as "mergedInto", author_id as "authorId", created_at as "openedAt",
      (
        select json_build_object('name', members.username) from posts join members on members.id = posts.author_id
        where posts.thread_id = threads.id and posts.number = 1 and posts.deleted_at is null
      ) as opener
    from threads where id = ${sql.placeholder('id')}`)

/** Null for an unknown id. */
export async function threadById(database: Database, id: number): Promise<Thread | null> {
  const [thread] = await findThread(database, { id })
  return thread ?? null
}
