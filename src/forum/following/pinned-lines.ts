import type { Catalogue } from '../boards/catalogue.ts'
import { pinnedIn } from '../discussion/pin-thread.ts'
import type { Forum } from '../forum.ts'
import { type ThreadLine, threadLines } from './thread-lines.ts'
import { listedThreads } from './thread-lists.ts'
import type { Reader } from './unread.ts'

/** The list items of the threads pinned in a board, or in all lists (null). */
export async function pinnedLines(
  forum: Forum,
  catalogue: Promise<Catalogue>,
  board: number | null,
  reader: Reader | null,
): Promise<ThreadLine[]> {
  const ids = await pinnedIn(forum, board)
  if (ids.length === 0) return []
  const found = await listedThreads(forum.database, ids, reader)
  const byId = new Map(threadLines(await catalogue, found).map((line) => [line.id, line]))
  return ids.flatMap((id) => {
    const line = byId.get(id)
    return line ? [{ ...line, pinned: true }] : []
  })
}

/** Pinned threads first, then the others, none twice. */
export function withPinned(pinned: readonly ThreadLine[], lines: readonly ThreadLine[]): ThreadLine[] {
  const first = new Set(pinned.map(({ id }) => id))
  return [...pinned, ...lines.filter(({ id }) => !first.has(id))]
}
