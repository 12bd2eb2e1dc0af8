import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'
import type { Announced, ConnectionEvent } from '../live/bus.ts'
import type { Pool } from './pool.ts'
import { type Replica, readFrom, readsLastKnown, replicaHere } from './reading.ts'
import { ReplicaProgress, type ReplicaSettings } from './replica-progress.ts'
import { notNow } from './unreachable.ts'
import { unwrapped } from './unwrapped.ts'

/** Statements that write although they do not look like it: they are few, as each is written in the source. */
const MOST_WRITING = 1_000

/**
 * Reads that replicas answer. Nobody is shown less than they know: a replica is asked only when it has replayed what
 * whoever asks has written, and all that this process has heard of on the bus; else pages that are dropped by an event
 * would be made, and kept, as they were before it.
 */
export class Replicas {
  readonly progress: ReplicaProgress
  /** How many statements were answered by a replica, and how many that might have been by the primary. */
  readonly answered = { replica: 0, primary: 0 }
  private readonly writing = new Set<string>()
  /** All that was heard of lies before this place; Infinity while that is not known. */
  private heard = Number.POSITIVE_INFINITY
  private events = 0
  private asking = false

  constructor(primary: Pool, settings: ReplicaSettings, log: FastifyBaseLogger) {
    this.progress = new ReplicaProgress(primary, settings, log, () => {
      if (!Number.isFinite(this.heard)) void this.askWhatWasHeard()
    })
    primary.reads = (words, askPrimary) => this.read(words, askPrimary)
    primary.readsTogether = (act) => (replicaHere() ? this.readTogether(act, () => act(primary)) : act(primary))
  }

  /** Listens before everybody else does: what they read after an event is not older than it. */
  listenTo(bus: { listen(hear: (event: Announced | ConnectionEvent) => void): unknown }): void {
    bus.listen(() => {
      this.events += 1
      this.heard = Number.POSITIVE_INFINITY
      void this.askWhatWasHeard()
    })
    void this.askWhatWasHeard()
    void this.progress.look()
  }

  /** Does something whose reads a replica may answer, if one has come as far as a place in the log. */
  async within(place: number, act: () => void): Promise<void> {
    const replica = await this.choose(place).catch(() => null)
    if (replica) readFrom(replica, act)
    else act()
  }

  close(): Promise<void> {
    return this.progress.close()
  }

  private async choose(place: number): Promise<Replica | null> {
    const wanted = Math.max(place, this.heard)
    if (!Number.isFinite(wanted)) return null
    for (const replica of this.progress.inTurn()) {
      if (!this.progress.isGood(replica)) continue
      if (replica.replayed < wanted) await this.progress.ask(replica)
      if (replica.replayed >= wanted) return replica
    }
    return null
  }

  /** The primary has the last word, whatever a replica says is wrong. */
  private async read(words: unknown[], askPrimary: () => Promise<unknown>): Promise<unknown> {
    if (!replicaHere()) return askPrimary()
    const text = textOf(words)
    const replica = this.isWriting(text) ? null : this.nearby()
    if (!replica) {
      this.answered.primary += 1
      return askPrimary()
    }
    try {
      const answer: unknown = await Reflect.apply(replica.pool.query, replica.pool, words)
      this.answered.replica += 1
      return answer
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) this.progress.leave(replica)
      else if (error.code === READ_ONLY) this.rememberWriting(text)
      this.answered.primary += 1
      return askPrimary()
    }
  }

  /** The same of a transaction that only reads. What has taken too long is not begun again elsewhere. */
  private async readTogether<Result>(
    act: (pool: Pool) => Promise<Result>,
    actOnPrimary: () => Promise<Result>,
  ): Promise<Result> {
    const replica = this.nearby()
    try {
      if (replica) {
        const result = await act(replica.pool)
        this.answered.replica += 1
        return result
      }
    } catch (error) {
      const origin = unwrapped(error)
      const isAnswer = origin instanceof pg.DatabaseError
      if (isAnswer ? origin.code === QUERY_CANCELED : !notNow(origin)) throw error
      if (replica && !isAnswer) this.progress.leave(replica)
    }
    this.answered.primary += 1
    return actOnPrimary()
  }

  /** The replica of what goes on here, where it has come far enough. */
  private nearby(): Replica | null {
    const replica = replicaHere()
    if (!replica || !this.progress.replicas.includes(replica)) return null
    return replica.replayed >= this.heard || readsLastKnown() ? replica : null
  }

  private isWriting(text: string): boolean {
    return WRITES.has(text.trimStart().slice(0, 6).toLowerCase()) || this.writing.has(text)
  }

  private rememberWriting(text: string): void {
    if (this.writing.size >= MOST_WRITING) this.writing.clear()
    this.writing.add(text)
  }

  /** Asks again where an event came while the primary was asked. */
  private async askWhatWasHeard(): Promise<void> {
    if (this.asking) return
    this.asking = true
    try {
      for (let known = -1; known !== this.events; ) {
        known = this.events
        const place = await this.progress.written()
        if (known === this.events) this.heard = place
      }
    } catch {
      // Nobody is sent to a replica until the next look.
    } finally {
      this.asking = false
    }
  }
}

/** PostgreSQL's appendix A: what a standby says to whoever wants to write, and what a statement ends with that took too long. */
const READ_ONLY = '25006'
const QUERY_CANCELED = '57014'
const WRITES: ReadonlySet<string> = new Set(['insert', 'update', 'delete'])

function textOf([query]: unknown[]): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : ''
}

/** Null where the settings name none. */
export function openReplicas(
  primary: Pool,
  settings: ReplicaSettings,
  bus: Parameters<Replicas['listenTo']>[0],
  log: FastifyBaseLogger,
): Replicas | null {
  if (settings.databaseReplicaUrls.length === 0) return null
  const replicas = new Replicas(primary, settings, log)
  replicas.listenTo(bus)
  return replicas
}
