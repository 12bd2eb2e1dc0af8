import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { MemberName } from '../../schema/members.ts'
import {
  type Cursor,
  microseconds,
  momentOf,
  readCursor,
  type Slice,
  sliceOf,
  THREADS_PER_PAGE,
} from '../discussion/cursor.ts'

/** A bookmark. Its post is null when it is hidden. */
export interface BookmarkedPost {
  /** The post's id. */
  id: number
  position: number
  note: string
  at: Date
  shown: {
    number: number
    author: MemberName
    excerpt: string
    language: string
    thread: { id: number; slug: string; title: string; language: string }
  } | null
}

const findBookmarks = statement<BookmarkedPost>(sql`
  select bookmarks.post_id as id, ${microseconds(sql`bookmarks.created_at`)} as position, note, bookmarks.created_at as at,
    case when posts.deleted_at is null and threads.removed_at is null then json_build_object(
      'number', posts.number, 'author', members.username, 'excerpt', posts.excerpt, 'language', posts.language,
      'thread', json_build_object('id', threads.id, 'slug', threads.slug, 'title', threads.title, 'language', threads.language)
    ) end as shown
  from bookmarks
  join posts on posts.id = bookmarks.post_id
  join threads on threads.id = posts.thread_id
  join members on members.id = posts.author_id
  where bookmarks.member_id = ${sql.placeholder('member')}
    and (bookmarks.created_at, bookmarks.post_id)
      < (${momentOf(sql.placeholder('moment'))}, ${sql.placeholder('post')}::bigint)
  order by bookmarks.created_at desc, bookmarks.post_id desc
  limit ${sql.raw(String(THREADS_PER_PAGE + 1))}`)

/** A member's bookmarks, newest first. @param most fewer than a page has. */
export async function readBookmarks(
  database: Database,
  member: number,
  before: string | undefined,
  most = THREADS_PER_PAGE,
): Promise<Slice<BookmarkedPost>> {
  const { moment, thread: post }: Cursor = readCursor(before)
  return sliceOf(await findBookmarks(database, { member, moment, post }), most)
}
