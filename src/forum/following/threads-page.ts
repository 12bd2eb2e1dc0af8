import { boardCatalogue } from '../boards/catalogue.ts'
import { olderPage, readCursor } from '../discussion/cursor.ts'
import type { Forum } from '../forum.ts'
import { followedThreads, latestThreads, unreadThreads } from './latest-threads.ts'
import { pinnedLines, withPinned } from './pinned-lines.ts'
import { type ThreadsOnPage, threadLines } from './thread-lines.ts'
import type { BoardOrder } from './thread-lists.ts'
import type { Reader } from './unread.ts'

/** A list of all threads with its reader. Only members have unread and followed threads. */
export type AskedThreads = { list: BoardOrder; reader: Reader | null } | { list: 'unread' | 'followed'; reader: Reader }

/** One page of such a list, for HTML, JSON and feeds. */
export interface ThreadsPage extends ThreadsOnPage {
  list: AskedThreads['list']
}

/** @param before the cursor that the page begins at; undefined for the first. @param most fewer threads than a page has. */
export async function readThreadsPage(
  forum: Forum,
  asked: AskedThreads,
  before: string | undefined,
  most?: number,
): Promise<ThreadsPage> {
  const isFirst = before === undefined && most === undefined && (asked.list === 'active' || asked.list === 'new')
  const [catalogue, pinned, found] = await Promise.all([
    boardCatalogue(forum),
    isFirst ? pinnedLines(forum, boardCatalogue(forum), null, asked.reader) : [],
    threadsFrom(forum, asked, before, most),
  ])
  return {
    list: asked.list,
    threads: withPinned(pinned, threadLines(catalogue, found.rows)),
    older: olderPage(before),
    next: found.next,
  }
}

function threadsFrom(
  { database }: Forum,
  { list, reader }: AskedThreads,
  before: string | undefined,
  most: number | undefined,
) {
  const cursor = readCursor(before)
  if (list === 'unread') return unreadThreads(database, cursor, reader, most)
  if (list === 'followed') return followedThreads(database, cursor, reader, most)
  return latestThreads(database, list, cursor, reader, most)
}
