import type { Board, Catalogue } from '../boards/catalogue.ts'
import type { ShownNotification } from './queries.ts'

/** What is alike in one thread, or in the new threads of one place. */
export interface NotificationLine extends Pick<ShownNotification, 'kind' | 'thread' | 'author' | 'excerptLanguage'> {
  ids: number[]
  /** Of the first post that it is about. */
  number: number
  /** Of new threads: the watched board, or the city of a watched crossing … */
  board: Board | null
  /** … and its technology. */
  technology: Board | null
  count: number
  at: Date
  /** How the post begins; empty where its thread's title says enough. */
  excerpt: string
  /** The thread is no longer there to be read. */
  gone: boolean
}

/** Joins notifications of the same kind and thread, or of the same board's new threads, into lines, the latest first. */
export function grouped(catalogue: Catalogue, found: readonly ShownNotification[]): NotificationLine[] {
  const lines = new Map<string, NotificationLine>()
  for (const notification of found) {
    const line = lineOf(catalogue, notification)
    const { kind, board, technology, thread } = line
    const key = board ? `${kind} board ${board.id} ${technology?.id ?? ''}` : `${kind} ${thread.id}`
    const group = lines.get(key)
    if (group) join(group, line, notification.following > 0)
    else lines.set(key, line)
  }
  return [...lines.values()].sort((one, other) => other.at.getTime() - one.at.getTime())
}

function lineOf(catalogue: Catalogue, notification: ShownNotification): NotificationLine {
  const { id, kind, thread, number, boardId, technologyId, createdAt, readAt, author, excerpt, following } =
    notification
  return {
    ids: [id],
    kind,
    thread,
    number,
    board: (boardId === null ? null : catalogue.withId(boardId)) ?? null,
    technology: (technologyId === null ? null : catalogue.withId(technologyId)) ?? null,
    count: Math.max(1, following),
    at: kind === 'reply' && readAt === null ? thread.lastPostAt : createdAt,
    author,
    excerpt: kind === 'answer' || kind === 'mention' ? excerpt : '',
    excerptLanguage: notification.excerptLanguage,
    gone: thread.removedAt !== null,
  }
}

/** Adds an older notification to a line, which leads to the first of them; what follows the older is counted with it. */
function join(line: NotificationLine, older: NotificationLine, countsAll: boolean): void {
  line.ids.push(...older.ids)
  line.count = countsAll ? older.count : line.count + older.count
  if (older.number >= line.number) return
  line.number = older.number
  line.author = older.author
}
