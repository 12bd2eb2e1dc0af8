import type { Forum } from '../../forum/forum.ts'
import { unreadCounts } from '../../forum/notices/queries.ts'
import type { Hub } from '../../platform/live/hub.ts'
import { unreadMessage } from './messages.ts'

/** Waits this long, so that many posts in a row are counted once. */
const SETTLE_MILLISECONDS = 1_000

/** Sends members' windows their number of unread notifications whenever it may have changed. */
export class UnreadCounts {
  private readonly forum: Forum
  private readonly hub: Hub
  private readonly told = new Map<number, number>()
  private waiting: NodeJS.Timeout | null = null

  constructor(forum: Forum, hub: Hub) {
    this.forum = forum
    this.hub = hub
  }

  /** Something was posted or read: counts again after a pause. */
  somethingHappened(): void {
    this.waiting ??= setTimeout(() => {
      this.waiting = null
      this.tell().catch((error: unknown) => this.forum.log.warn({ err: error }, 'unread counts were not told'))
    }, SETTLE_MILLISECONDS).unref()
  }

  close(): void {
    if (this.waiting) clearTimeout(this.waiting)
  }

  private async tell(): Promise<void> {
    const here = new Set<number>()
    for (const { memberId } of this.hub.windows()) if (memberId !== null) here.add(memberId)
    for (const member of this.told.keys()) if (!here.has(member)) this.told.delete(member)
    if (here.size === 0) return
    const counts = await unreadCounts(this.forum.database, [...here])
    const changed = new Map<number, number>()
    for (const { member, unread } of counts) if (this.told.get(member) !== unread) changed.set(member, unread)
    for (const client of this.hub.windows()) {
      const unread = client.memberId === null ? undefined : changed.get(client.memberId)
      if (unread !== undefined) this.hub.write(client, unreadMessage(unread)(client.language))
    }
    for (const [member, unread] of changed) this.told.set(member, unread)
  }
}
