import { type Board, boardsOf, type Catalogue } from '../boards/catalogue.ts'
import type { OlderPage } from '../discussion/cursor.ts'
import type { ListedThread } from './thread-lists.ts'

/** A thread as lists show it, with its boards. */
export type ThreadLine = ListedThread & {
  boards: Board[]
  /** Whether a moderator has pinned it. */
  pinned?: boolean
}

/** One page of a list of threads. */
export interface ThreadsOnPage {
  threads: ThreadLine[]
  /** The start of this page; null on the first. */
  older: OlderPage | null
  /** Where older threads begin; null at the end. */
  next: string | null
}

export const threadLines = (catalogue: Catalogue, threads: readonly ListedThread[]): ThreadLine[] =>
  threads.map((thread) => ({ ...thread, boards: boardsOf(catalogue, thread) }))
