import type { ThreadLine } from '../../../views/parts/thread-list.ts'
import { boardsOf, type Catalogue } from '../../forum/boards/catalogue.ts'
import type { ListedThread } from '../../forum/following/thread-lists.ts'

/** Threads as a list shows them, with the boards they stand in. */
export function threadLines(catalogue: Catalogue, threads: readonly ListedThread[]): ThreadLine[] {
  return threads.map((thread) => ({ ...thread, boards: boardsOf(catalogue, thread) }))
}
