import { LRUCache } from 'lru-cache'
import type { Bus, ForumEvent } from './bus.ts'

/** What makes something outdated: «thread 12», «board 3», «threads» (anything said anywhere), «counts» (of threads). */
export type Outdates = string

const OUTDATES_EVERYTHING = new Set<ForumEvent['type']>(['deaf', 'missed', 'boards', 'rendered'])

/** Nothing takes longer to make; what was outdated before that concerns nothing under way. */
const LONGEST_MAKING = 60_000

/** Something that is being made, for others who ask for it meanwhile. */
export interface Making {
  readonly key: string
  /** How many things had been outdated when it began. */
  readonly began: number
  readonly ended: Promise<void>
  end(): void
}

export interface CacheOptions<Value> {
  /** How many bytes all that is kept may take. */
  largest: number
  /** About how many one takes. */
  sizeOf: (value: Value) => number
}

/**
 * Keeps what was made of the database's content until an event outdates it. Nothing is kept that was outdated while it
 * was made, and nothing at all while the process cannot hear the others.
 */
export class Cache<Value> {
  private readonly values: LRUCache<string, { value: Value; outdates: readonly Outdates[] }>
  private readonly makings = new Map<string, Making>()
  private readonly keysOf = new Map<Outdates, Set<string>>()
  private readonly outdatedAt = new Map<Outdates, { count: number; at: number }>()
  private count = 0
  private everythingOutdatedAt = 0
  private deaf = false

  constructor(bus: Bus, { largest, sizeOf }: CacheOptions<Value>) {
    this.values = new LRUCache({
      maxSize: largest,
      sizeCalculation: ({ value }) => sizeOf(value),
      dispose: ({ outdates }, key) => {
        for (const one of outdates) this.keysOf.get(one)?.delete(key)
      },
    })
    bus.listen((event) => this.hear(event))
  }

  get(key: string): Value | undefined {
    return this.deaf ? undefined : this.values.get(key)?.value
  }

  /** What is kept for a key, or what `make` makes now: once, however many ask meanwhile. */
  async remember(key: string, outdates: readonly Outdates[], make: () => Promise<Value>): Promise<Value> {
    const before = this.get(key)
    if (before !== undefined) return before
    await this.underWay(key)?.ended
    const kept = this.get(key)
    if (kept !== undefined) return kept
    const making = this.begin(key)
    try {
      const value = await make()
      this.keep(making, value, outdates)
      return value
    } finally {
      making.end()
    }
  }

  /** What is under way for a key; it will be kept only if it was not outdated meanwhile. */
  underWay(key: string): Making | undefined {
    return this.makings.get(key)
  }

  begin(key: string): Making {
    const { promise, resolve } = Promise.withResolvers<void>()
    const making: Making = {
      key,
      began: this.count,
      ended: promise,
      end: () => {
        if (this.makings.get(key) === making) this.makings.delete(key)
        resolve()
      },
    }
    this.makings.set(key, making)
    return making
  }

  /** Keeps what was made until one of the things that outdate it happens. */
  keep({ key, began }: Making, value: Value, outdates: readonly Outdates[]): void {
    if (this.deaf || this.everythingOutdatedAt > began) return
    if (outdates.some((one) => (this.outdatedAt.get(one)?.count ?? 0) > began)) return
    this.values.set(key, { value, outdates })
    for (const one of outdates) {
      const keys = this.keysOf.get(one) ?? new Set()
      this.keysOf.set(one, keys.add(key))
    }
  }

  private hear(event: ForumEvent): void {
    if (event.type === 'deaf') this.deaf = true
    if (event.type === 'missed') this.deaf = false
    if (OUTDATES_EVERYTHING.has(event.type)) this.dropAll()
    else for (const one of outdatedBy(event)) this.drop(one)
  }

  private drop(one: Outdates): void {
    this.count += 1
    this.outdatedAt.delete(one)
    this.outdatedAt.set(one, { count: this.count, at: Date.now() })
    for (const key of [...(this.keysOf.get(one) ?? [])]) this.values.delete(key)
    this.keysOf.delete(one)
    this.forgetOld()
  }

  private dropAll(): void {
    this.count += 1
    this.everythingOutdatedAt = this.count
    this.values.clear()
    this.keysOf.clear()
  }

  /** They are in the order in which they were outdated. */
  private forgetOld(): void {
    for (const [one, { at }] of this.outdatedAt) {
      if (Date.now() - at < LONGEST_MAKING) return
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
