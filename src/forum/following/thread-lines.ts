import { type Board, boardsOf, type Catalogue } from '../boards/catalogue.ts'
import type { ListedThread } from './thread-lists.ts'

/** A thread as lists show it, with the boards that it stands in. */
export type ThreadLine = ListedThread & { boards: Board[] }

export const threadLines = (catalogue: Catalogue, threads: readonly ListedThread[]): ThreadLine[] =>
  threads.map((thread) => ({ ...thread, boards: boardsOf(catalogue, thread) }))
