import { randomUUID } from 'node:crypto'
import type { ForumEvent } from '../../forum/events.ts'
import type { Forum } from '../../forum/forum.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'

type ReadersEvent = Extract<ForumEvent, { type: 'readers' }>

/** Each process repeats its counts this often. One that stays silent longer was killed, and its counts are dropped. */
const SAY_AGAIN_MILLISECONDS = 30_000
const FORGET_MILLISECONDS = 80_000
/** Many readers come and go at once. The sum is sent when it has not changed for this long. */
const SETTLE_MILLISECONDS = 2_000

interface Said {
  count: number
  at: number
}

/** Counts the windows on each thread, over all processes. */
export class Readers {
  private readonly forum: Forum
  /** Identifies this process to the others. */
  private readonly process = randomUUID()
  private readonly here = new Map<number, number>()
  private readonly elsewhere = new Map<number, Map<string, Said>>()
  private readonly unsaid = new Set<number>()
  private readonly changed: (thread: number, count: number) => void
  private readonly timers: NodeJS.Timeout[]

  /** @param changed is called with the sum whenever it may have changed. */
  constructor(forum: Forum, changed: (thread: number, count: number) => void) {
    this.forum = forum
    this.changed = changed
    this.timers = [
      setInterval(() => void this.sayWhatChanged(), SETTLE_MILLISECONDS).unref(),
      setInterval(() => this.sayAllAgain(), SAY_AGAIN_MILLISECONDS).unref(),
    ]
  }

  /** Adds or removes one window of this process. */
  count(thread: number, by: 1 | -1): void {
    const count = (this.here.get(thread) ?? 0) + by
    if (count > 0) this.here.set(thread, count)
    else this.here.delete(thread)
    this.unsaid.add(thread)
  }

  hear({ thread, process, count }: ReadersEvent): void {
    if (process !== this.process) {
      const others = this.elsewhere.get(thread) ?? new Map<string, Said>()
      others.set(process, { count, at: Date.now() })
      this.elsewhere.set(thread, others)
    }
    if (this.here.has(thread)) this.changed(thread, this.sum(thread))
  }

  /** How many windows follow a thread now. */
  sum(thread: number): number {
    const others = [...(this.elsewhere.get(thread)?.values() ?? [])]
    return others.reduce((sum, { count }) => sum + count, this.here.get(thread) ?? 0)
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer)
  }

  private async sayWhatChanged(): Promise<void> {
    const threads = [...this.unsaid]
    this.unsaid.clear()
    for (const thread of threads) {
      const count = this.here.get(thread) ?? 0
      const event = { type: 'readers' as const, thread, process: this.process, count, tags: [] }
      await inTransaction(this.forum, (_transaction, announce) => announce(event)).catch(() => {
        this.unsaid.add(thread)
      })
    }
  }

  private sayAllAgain(): void {
    for (const thread of this.here.keys()) this.unsaid.add(thread)
    for (const [thread, others] of this.elsewhere) {
      for (const [process, { at, count }] of others) {
        if (count === 0 || Date.now() - at > FORGET_MILLISECONDS) others.delete(process)
      }
      if (others.size === 0) this.elsewhere.delete(thread)
    }
  }
}
