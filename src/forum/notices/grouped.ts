import type { Board, Catalogue } from '../boards/catalogue.ts'
import type { ShownNotification } from './queries.ts'

/** Notifications of the same kind, in one thread or about new threads in one place. */
export interface NotificationLine extends Pick<ShownNotification, 'kind' | 'thread' | 'author' | 'excerptLanguage'> {
  ids: number[]
  /** The number of the first post that it is about. */
  number: number
  /** For new threads: the watched board, or the city of a watched crossing. */
  board: Board | null
  /** For new threads in a watched crossing: its technology. */
  technology: Board | null
  count: number
  at: Date
  /** How the post begins; empty when the thread's title is enough. */
  excerpt: string
  /** Whether the thread can no longer be read. */
  gone: boolean
}

/** Groups notifications of the same kind and thread, or about new threads in the same place, latest first. */
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

/** Adds an older notification to a line. The line then leads to the older one, and counts all that followed. */
function join(line: NotificationLine, older: NotificationLine, countsAll: boolean): void {
  line.ids.push(...older.ids)
  line.count = countsAll ? older.count : line.count + older.count
  if (older.number >= line.number) return
  line.number = older.number
  line.author = older.author
}
