import { LRUCache } from 'lru-cache'
import { readsLastKnown } from '../database/reading.ts'
import type { Announced, ConnectionEvent } from '../live/bus.ts'
import { type Pending, startPending, withinWait } from '../live/pending.ts'

/** Where the cache hears what is outdated: a bus of any events that carry tags. */
interface Events {
  listen(hear: (event: Announced | ConnectionEvent) => void): unknown
}

/** For how long outdated tags are remembered. A value that took longer to compute is not kept, because a tag may be forgotten. */
const LONGEST_COMPUTING_MILLISECONDS = 60_000
/** How many times a caller waits for somebody else's computing before it computes the value itself. */
const MOST_WAITS = 2

/** A value that is being computed, for others who ask for it meanwhile. */
export interface PendingEntry<Value> extends Pending<Value> {
  readonly key: string
  readonly startedAt: number
  /** The cache's clock when it began: it counts entries and outdated tags. */
  readonly order: number
}

type KeptOrPending<Value> = { value: Value; entry?: never } | { value?: never; entry: PendingEntry<Value> }

export interface CacheOptions<Value> {
  /** How many bytes all that is kept may take. */
  largest: number
  /** About how many one takes. */
  sizeOf: (value: Value) => number
}

/**
 * Keeps values computed from the database until an event outdates their tags. A value that was outdated while it was
 * computed is not kept, and none is kept while the bus is away; each is still computed once for all who ask at once.
 */
export class Cache<Value extends object, Tag extends string = string> {
  private readonly values: LRUCache<string, { value: Value; tags: readonly string[] }>
  private readonly pending = new Map<string, PendingEntry<Value>>()
  private readonly keysOf = new Map<string, Set<string>>()
  private readonly outdatedAt = new Map<string, { order: number; at: number }>()
  private order = 0
  private everythingOutdatedAt = 0
  private disconnected = false
  /** How often something that was asked for was kept, and how often it had to be computed. */
  hits = 0
  misses = 0

  constructor(events: Events, { largest, sizeOf }: CacheOptions<Value>) {
    this.values = new LRUCache({
      maxSize: largest,
      sizeCalculation: ({ value }) => sizeOf(value),
      dispose: ({ tags }, key) => {
        for (const tag of tags) this.forgetKey(tag, key)
      },
    })
    events.listen((event) => this.hear(event))
  }

  /** How many tags have something kept. */
  get tagCount(): number {
    return this.keysOf.size
  }

  get size(): number {
    return this.values.size
  }

  /** About how much memory all that is kept takes. */
  get bytes(): number {
    return this.values.calculatedSize
  }

  get(key: string): Value | undefined {
    const value = this.disconnected ? undefined : this.values.get(key)?.value
    if (value) this.hits += 1
    return value
  }

  /** The last value of a key while the bus is away: what other processes have changed since, nobody here knows. */
  lastKnown(key: string): Value | undefined {
    return this.disconnected ? this.values.get(key)?.value : undefined
  }

  /** What is kept for a key, or what `compute` answers now: once, however many ask meanwhile. */
  async getOrCompute(key: string, tags: readonly Tag[], compute: () => Promise<Value>): Promise<Value> {
    const { value, entry } = await this.getOrBegin(key)
    if (!entry) return value
    try {
      const computed = await compute()
      this.keep(entry, computed, tags)
      return computed
    } catch (error) {
      entry.fail(error)
      throw error
    }
  }

  /**
   * What is kept for a key, or what somebody else computes now; else an entry that the caller has to end. Whoever asks
   * takes a value that began to be computed before only when it is kept: it may be older than what they know.
   * @throws what the other's computing threw.
   */
  async getOrBegin(key: string): Promise<KeptOrPending<Value>> {
    const asked = this.order
    for (let waits = 0; waits < MOST_WAITS; waits += 1) {
      const kept = this.get(key)
      if (kept) return { value: kept }
      const other = this.pending.get(key)
      if (!other) break
      const isNewer = other.order > asked
      const result = await withinWait(other.result)
      if (result.state === 'late') this.forgetPending(other)
      else if (isNewer && result.state === 'failed') throw result.error
      else if (isNewer && result.state === 'done') return this.valueOrBegin(key, result.value)
    }
    return this.valueOrBegin(key, this.get(key))
  }

  /** Ends an entry with its value, and keeps that until one of its tags is outdated, unless one has been meanwhile. */
  keep(entry: PendingEntry<Value>, value: Value, tags: readonly Tag[]): void {
    if (this.mayKeep(entry, tags)) {
      this.values.set(entry.key, { value, tags })
      for (const tag of this.values.has(entry.key) ? tags : []) {
        const keys = this.keysOf.get(tag) ?? new Set()
        this.keysOf.set(tag, keys.add(entry.key))
      }
    }
    entry.end(value)
  }

  private valueOrBegin(key: string, value: Value | undefined): KeptOrPending<Value> {
    return value ? { value } : { entry: this.begin(key) }
  }

  private begin(key: string): PendingEntry<Value> {
    this.misses += 1
    this.order += 1
    const pending = startPending<Value>(() => this.forgetPending(entry))
    const entry: PendingEntry<Value> = { ...pending, key, order: this.order, startedAt: Date.now() }
    this.pending.set(key, entry)
    return entry
  }

  private forgetPending(entry: PendingEntry<Value>): void {
    if (this.pending.get(entry.key) === entry) this.pending.delete(entry.key)
  }

  private mayKeep({ order, startedAt }: PendingEntry<Value>, tags: readonly string[]): boolean {
    if (this.disconnected || readsLastKnown() || this.everythingOutdatedAt > order) return false
    if (Date.now() - startedAt > LONGEST_COMPUTING_MILLISECONDS) return false
    return tags.every((tag) => (this.outdatedAt.get(tag)?.order ?? 0) <= order)
  }

  private hear(event: Announced | ConnectionEvent): void {
    if (event.type === 'disconnected') this.disconnect()
    else if (event.type === 'reconnected') this.reconnect()
    else if ('tags' in event) this.outdateTags(event.tags)
  }

  private outdateTags(tags: Announced['tags']): void {
    if (tags === 'everything') this.outdateAll()
    else for (const tag of tags) this.outdate(tag)
  }

  /** What is being computed may miss what is no longer heard. */
  private disconnect(): void {
    this.disconnected = true
    this.order += 1
    this.everythingOutdatedAt = this.order
  }

  /** Any event may have been missed. */
  private reconnect(): void {
    this.disconnected = false
    this.outdateAll()
  }

  private outdate(tag: string): void {
    this.order += 1
    this.outdatedAt.delete(tag)
    this.outdatedAt.set(tag, { order: this.order, at: Date.now() })
    for (const key of [...(this.keysOf.get(tag) ?? [])]) this.values.delete(key)
    this.forgetLongOutdated()
  }

  private outdateAll(): void {
    this.order += 1
    this.everythingOutdatedAt = this.order
    this.values.clear()
  }

  private forgetKey(tag: string, key: string): void {
    const keys = this.keysOf.get(tag)
    keys?.delete(key)
    if (keys?.size === 0) this.keysOf.delete(tag)
  }

  /** They are in the order in which they were outdated. */
  private forgetLongOutdated(): void {
    for (const [tag, { at }] of this.outdatedAt) {
      if (Date.now() - at < LONGEST_COMPUTING_MILLISECONDS) return
      this.outdatedAt.delete(tag)
    }
  }
}
