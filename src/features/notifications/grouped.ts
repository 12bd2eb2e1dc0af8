import type { NotificationLine } from '../../../views/notifications/notification-line.ts'
import type { Catalogue } from '../boards/catalogue.ts'
import type { ShownNotification } from './queries.ts'

/** Notifications as they are shown: what is alike in one thread is one line, the line where something happened last first. */
export function grouped(catalogue: Catalogue, found: readonly ShownNotification[]): NotificationLine[] {
  const lines = new Map<string, NotificationLine>()
  for (const notification of found) {
    const line = lineOf(catalogue, notification)
    const key = line.board ? `${line.kind} board ${line.board.id}` : `${line.kind} ${line.thread.id}`
    const group = lines.get(key)
    if (group) join(group, line)
    else lines.set(key, line)
  }
  return [...lines.values()].sort((one, other) => other.at.getTime() - one.at.getTime())
}

function lineOf(catalogue: Catalogue, notification: ShownNotification): NotificationLine {
  const { id, kind, thread, number, boardId, createdAt, readAt, author, lastAuthor, excerpt, newThreads } = notification
  const follows = kind === 'reply' && readAt === null
  return {
    ids: [id],
    kind,
    thread,
    number,
    board: (boardId === null ? null : catalogue.withId(boardId)) ?? null,
    count: follows ? thread.lastNumber - number + 1 : Math.max(1, newThreads),
    at: follows ? thread.lastPostAt : createdAt,
    author: follows ? lastAuthor : author,
    excerpt: kind === 'answer' || kind === 'mention' ? excerpt : '',
    gone: thread.removedAt !== null,
  }
}

/** Adds an older notification to a line: it leads to the first of them. */
function join(line: NotificationLine, older: NotificationLine): void {
  line.ids.push(...older.ids)
  line.count += older.count
  if (older.number < line.number) line.number = older.number
}
