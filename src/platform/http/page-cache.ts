import { LRUCache } from 'lru-cache'
import type { Bus, ForumEvent } from '../live/bus.ts'
import { type KeptPage, sizeOf } from './kept-page.ts'

/** What makes a page outdated: «thread 12», «board 3», «threads» (anything said anywhere), «counts» (of threads). */
export type Outdates = string

const LARGEST_CACHE = 64 * 1_024 * 1_024
/** Nothing takes longer to render; what was outdated before that concerns no rendering under way. */
const LONGEST_RENDERING = 60_000

interface Kept {
  page: KeptPage
  outdates: readonly Outdates[]
}

/** A page that is being rendered, for others who ask for it meanwhile. */
export interface Rendering {
  readonly key: string
  /** How many things had been outdated when it began. */
  readonly began: number
  readonly ended: Promise<void>
  end(): void
}

/**
 * Whole pages as people without an account see them, until an event outdates them. Nothing is kept that was outdated
 * while it was rendered, and nothing at all while the process cannot hear the others.
 */
export class PageCache {
  private readonly pages = new LRUCache<string, Kept>({
    maxSize: LARGEST_CACHE,
    sizeCalculation: ({ page }) => sizeOf(page),
    dispose: ({ outdates }, key) => {
      for (const one of outdates) this.keysOf.get(one)?.delete(key)
    },
  })
  private readonly renderings = new Map<string, Rendering>()
  private readonly keysOf = new Map<Outdates, Set<string>>()
  private readonly outdatedAt = new Map<Outdates, { count: number; at: number }>()
  private count = 0
  private everythingOutdatedAt = 0
  private deaf = false

  constructor(bus: Bus) {
    bus.listen((event) => this.hear(event))
  }

  get(key: string): KeptPage | undefined {
    return this.deaf ? undefined : this.pages.get(key)?.page
  }

  /** The rendering of a page that is under way; of it only what was not outdated meanwhile will be kept. */
  underWay(key: string): Rendering | undefined {
    return this.renderings.get(key)
  }

  begin(key: string): Rendering {
    const { promise, resolve } = Promise.withResolvers<void>()
    const rendering: Rendering = {
      key,
      began: this.count,
      ended: promise,
      end: () => {
        if (this.renderings.get(key) === rendering) this.renderings.delete(key)
        resolve()
      },
    }
    this.renderings.set(key, rendering)
    return rendering
  }

  /** Keeps a page until one of the things that outdate it happens. */
  keep({ key, began }: Rendering, page: KeptPage, outdates: readonly Outdates[]): void {
    if (this.deaf || this.everythingOutdatedAt > began) return
    if (outdates.some((one) => (this.outdatedAt.get(one)?.count ?? 0) > began)) return
    this.pages.set(key, { page, outdates })
    for (const one of outdates) {
      const keys = this.keysOf.get(one) ?? new Set()
      this.keysOf.set(one, keys.add(key))
    }
  }

  private hear(event: ForumEvent): void {
    if (event.type === 'deaf') this.deaf = true
    if (event.type === 'missed') this.deaf = false
    if (event.type === 'deaf' || event.type === 'missed' || event.type === 'boards') this.dropAll()
    else for (const one of outdatedBy(event)) this.drop(one)
  }

  private drop(one: Outdates): void {
    this.count += 1
    this.outdatedAt.delete(one)
    this.outdatedAt.set(one, { count: this.count, at: Date.now() })
    for (const key of [...(this.keysOf.get(one) ?? [])]) this.pages.delete(key)
    this.keysOf.delete(one)
    this.forgetOld()
  }

  private dropAll(): void {
    this.count += 1
    this.everythingOutdatedAt = this.count
    this.pages.clear()
    this.keysOf.clear()
  }

  /** They are in the order in which they were outdated. */
  private forgetOld(): void {
    for (const [one, { at }] of this.outdatedAt) {
      if (Date.now() - at < LONGEST_RENDERING) return
      this.outdatedAt.delete(one)
    }
  }
}

/** What an event outdates. */
function outdatedBy(event: ForumEvent): Outdates[] {
  switch (event.type) {
    case 'post':
    case 'edited':
    case 'deleted':
    case 'restored':
    case 'moved':
    case 'locked':
    case 'removed': {
      const counts = event.type === 'moved' || event.type === 'removed' || ('number' in event && event.number === 1)
      return [
        `thread ${event.thread}`,
        ...event.boards.map((board) => `board ${board}`),
        'threads',
        ...(counts ? ['counts'] : []),
      ]
    }
    default:
      return []
  }
}
