import { and, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { prepared } from '../../platform/database/prepared.ts'
import { threadBoards, threads } from '../threads/schema.ts'
import { reads } from './schema.ts'
import { asReader, isReadBy, type Reader, unreadPosts } from './unread.ts'

/** Among so many threads of a board, those that were active last, the unread ones are counted. */
export const COUNTED_THREADS = 100

const lastThreads = prepared((database) =>
  database
    .select({ unread: unreadPosts })
    .from(threadBoards)
    .innerJoin(threads, eq(threads.id, threadBoards.threadId))
    .leftJoin(reads, isReadBy(sql.placeholder('reader')))
    .where(and(eq(threadBoards.boardId, sql.placeholder('board'))))
    .orderBy(desc(threadBoards.activeAt), desc(threadBoards.threadId))
    .limit(COUNTED_THREADS)
    .prepare('unread_in_board'),
)

/** How many of a board's last threads a member has not read to their end. */
export async function unreadThreads(database: Database, board: number, reader: Reader): Promise<number> {
  const last = await lastThreads(database).execute({ board, ...asReader(reader) })
  return last.filter(({ unread }) => unread > 0).length
}
