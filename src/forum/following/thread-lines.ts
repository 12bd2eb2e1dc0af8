import { type Board, boardsOf, type Catalogue } from '../boards/catalogue.ts'
import type { OlderPage } from '../discussion/cursor.ts'
import type { ListedThread } from './thread-lists.ts'

/** A thread as lists show it, with the boards that it stands in. */
export type ThreadLine = ListedThread & {
  boards: Board[]
  /** A moderator has it stand first. */
  pinned?: boolean
}

/** One page of a list of threads. */
export interface ThreadsOnPage {
  threads: ThreadLine[]
  /** Where this page begins; null on the first. */
  older: OlderPage | null
  /** Where older threads begin; null at the end. */
  next: string | null
}

export const threadLines = (catalogue: Catalogue, threads: readonly ListedThread[]): ThreadLine[] =>
  threads.map((thread) => ({ ...thread, boards: boardsOf(catalogue, thread) }))
