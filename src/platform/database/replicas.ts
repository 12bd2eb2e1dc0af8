import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'
import { inTime } from '../in-time.ts'
import type { Announced, ConnectionEvent } from '../live/bus.ts'
import { type Patience, PLANNING, Pool } from './pool.ts'
import { type LastKnown, type Replica, readFrom, readFromPrimary, readsLastKnown, replicaHere } from './reading.ts'
import { notNow } from './unreachable.ts'

export interface ReplicaSettings {
  databaseReplicaUrls: readonly string[]
  /** A replica that is further behind is left out, in seconds. */
  databaseReplicaLag: number
  databasePool: number
}

/** How often it is looked where everybody stands. */
const LOOKING_MILLISECONDS = 1_000
/** A replica that takes longer to say where it stands is left out. */
const LONGEST_ANSWER_MILLISECONDS = 2_000
/**
 * Whoever reads waits no longer for one that hangs, and a fifth more where nothing is heard of it at all: then the primary
 * is asked, which is given the time that statements usually have.
 */
const REPLICA_PATIENCE: Patience = { connection: LONGEST_ANSWER_MILLISECONDS, statement: 2_500 }
/** Statements that write although they do not look like it: they are few, as each is written in the source. */
const MOST_WRITING = 1_000

/**
 * The end of what is inserted, not of what is on disk: every acknowledged write lies before it. What was not yet on disk when a
 * server died is nowhere.
 */
const WRITTEN = `select (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float8 as place,
  (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::float8 as flushed`
const REPLAYED = `select (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::float8 as place where pg_is_in_recovery()`

export interface ReplicaState {
  address: string
  lag: number | null
  isUsed: boolean
}

interface Sample {
  at: number
  place: number
}

/**
 * Reads that replicas answer. Nobody is shown less than they know: a replica is asked only when it has replayed what
 * whoever asks has written, and all that this process has heard of on the bus; else pages that are dropped by an event
 * would be made, and kept, as they were before it.
 */
export class Replicas {
  readonly longestLag: number
  /** How many statements were answered by a replica, and how many that might have been by the primary. */
  readonly answered = { replica: 0, primary: 0 }
  private readonly replicas: readonly Replica[]
  private readonly primary: Pool
  private readonly log: FastifyBaseLogger
  private readonly looking: NodeJS.Timeout
  private readonly writing = new Set<string>()
  private readonly asked = new WeakMap<Replica, Promise<void>>()
  private readonly leftOut = new Set<Replica>()
  private samples: Sample[] = []
  /** How much of the primary's log was on its disk when it last answered, and when that was. */
  private seen: { flushed: number; at: Date } | null = null
  /** All that was heard of lies before this place; Infinity while that is not known. */
  private heard = Number.POSITIVE_INFINITY
  private events = 0
  private asking = false
  private turn = 0

  constructor(primary: Pool, settings: ReplicaSettings, log: FastifyBaseLogger) {
    this.primary = primary
    this.log = log
    this.longestLag = settings.databaseReplicaLag
    this.replicas = settings.databaseReplicaUrls.map((url) => ({
      pool: new Pool(
        { connectionString: url, max: settings.databasePool, application_name: 'contrechamp', options: PLANNING },
        REPLICA_PATIENCE,
      ),
      address: addressOf(url),
      replayed: -1,
      lag: Number.POSITIVE_INFINITY,
    }))
    primary.reads = (words, askPrimary) => this.read(words, askPrimary)
    primary.readsTogether = (act) => this.readTogether(act)
    this.looking = setInterval(() => void this.look(), LOOKING_MILLISECONDS).unref()
  }

  /** Listens before everybody else does: what they read after an event is not older than it. */
  listenTo(bus: { listen(hear: (event: Announced | ConnectionEvent) => void): unknown }): void {
    bus.listen(() => {
      this.events += 1
      this.heard = Number.POSITIVE_INFINITY
      void this.askWhatWasHeard()
    })
    void this.askWhatWasHeard()
    void this.look()
  }

  /** Where the primary's log ends: all that was written and answered until now lies before. */
  async written(): Promise<number> {
    const at = new Date()
    const { rows } = await readFromPrimary(() => this.primary.query<{ place: number; flushed: number }>(WRITTEN))
    const { place, flushed } = rows[0] ?? { place: Number.POSITIVE_INFINITY, flushed: Number.POSITIVE_INFINITY }
    // Several ask at once, and the last answer need not be the newest.
    if (flushed >= (this.seen?.flushed ?? 0)) this.seen = { flushed, at }
    return place
  }

  /**
   * The last that is known, while nobody reaches the primary. A replica without all of what was seen there is never asked: what
   * moderators have just hidden would come back. Null also while the primary answers.
   */
  lastKnown(): LastKnown | null {
    const { seen } = this
    if (!seen || !this.primary.isAway) return null
    const replica = this.inTurn().find(({ replayed }) => replayed >= seen.flushed)
    return replica ? { replica, at: seen.at } : null
  }

  /** Does something whose reads a replica may answer, if one has come as far as a place in the log. */
  async within(place: number, act: () => void): Promise<void> {
    const replica = await this.choose(place).catch(() => null)
    if (replica) readFrom(replica, act)
    else act()
  }

  /** How each is, as this process sees it: its lag in seconds, null while it is away; and whether it is read from. */
  states(): ReplicaState[] {
    return this.replicas.map((replica) => ({
      address: replica.address,
      lag: replica.replayed < 0 ? null : replica.lag,
      isUsed: this.isGood(replica),
    }))
  }

  /** The lag of each in seconds, by its place in the settings from 1 on; of one that is away there is none. */
  lags(): Record<string, number> {
    return Object.fromEntries(this.states().flatMap(({ lag }, index) => (lag === null ? [] : [[index + 1, lag]])))
  }

  /** Which are in use: 1, else 0. */
  inUse(): Record<string, number> {
    return Object.fromEntries(this.states().map(({ isUsed }, index) => [index + 1, isUsed ? 1 : 0]))
  }

  async close(): Promise<void> {
    clearInterval(this.looking)
    await Promise.all(this.replicas.map(({ pool }) => pool.end()))
  }

  private async choose(place: number): Promise<Replica | null> {
    const wanted = Math.max(place, this.heard)
    if (!Number.isFinite(wanted)) return null
    for (const replica of this.inTurn()) {
      if (!this.isGood(replica)) continue
      if (replica.replayed < wanted) await this.ask(replica)
      if (replica.replayed >= wanted) return replica
    }
    return null
  }

  /** All of them, each time with another one first. */
  private inTurn(): Replica[] {
    this.turn = (this.turn + 1) % this.replicas.length
    return [...this.replicas.slice(this.turn), ...this.replicas.slice(0, this.turn)]
  }

  private isGood({ replayed, lag }: Replica): boolean {
    return replayed >= 0 && lag <= this.longestLag
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
      if (!(error instanceof pg.DatabaseError)) this.leave(replica)
      else if (error.code === READ_ONLY) this.rememberWriting(text)
      this.answered.primary += 1
      return askPrimary()
    }
  }

  /** The same for a transaction that only reads. What was given up, because it took too long, is not begun again elsewhere. */
  private async readTogether<Result>(act: (pool: Pool) => Promise<Result>): Promise<Result> {
    const replica = this.nearby()
    try {
      if (!replica) return await act(this.primary)
      const result = await act(replica.pool)
      this.answered.replica += 1
      return result
    } catch (error) {
      const origin = error instanceof Error && error.cause instanceof Error ? error.cause : error
      const isAnswer = origin instanceof pg.DatabaseError
      if (!replica || (isAnswer ? origin.code === QUERY_CANCELED : !notNow(origin))) throw error
      if (!isAnswer) this.leave(replica)
      this.answered.primary += 1
      return act(this.primary)
    }
  }

  /** The replica of what goes on here, where it has come far enough. */
  private nearby(): Replica | null {
    const replica = replicaHere()
    if (!replica || !this.replicas.includes(replica)) return null
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
        const place = await this.written()
        if (known === this.events) this.heard = place
      }
    } catch {
      // Nobody is sent to a replica until the next look.
    } finally {
      this.asking = false
    }
  }

  private async look(): Promise<void> {
    if (!Number.isFinite(this.heard)) void this.askWhatWasHeard()
    const now = performance.now()
    await this.written().then(
      (place) => this.samples.push({ at: now, place }),
      () => {},
    )
    await Promise.all(this.replicas.map((replica) => this.ask(replica)))
    for (const [index, replica] of this.replicas.entries()) this.tell(index + 1, replica)
    const oldest = now - 1_000 * (this.longestLag + 60)
    this.samples = this.samples.filter(({ at }) => at >= oldest)
  }

  /** Asks a replica where it stands: once for all who want to know it now. */
  private ask(replica: Replica): Promise<void> {
    const asked = this.asked.get(replica) ?? this.askNow(replica).finally(() => this.asked.delete(replica))
    this.asked.set(replica, asked)
    return asked
  }

  private async askNow(replica: Replica): Promise<void> {
    try {
      const answer = replica.pool.query<{ place: number | null }>(REPLAYED)
      const { rows } = await inTime(answer, LONGEST_ANSWER_MILLISECONDS)
      replica.replayed = rows[0]?.place ?? -1
      replica.lag = this.lagOf(replica)
    } catch {
      this.leave(replica)
    }
  }

  private leave(replica: Replica): void {
    replica.replayed = -1
  }

  /** By our own clock alone: how long ago the primary was last seen where the replica is now. */
  private lagOf({ replayed }: Replica): number {
    const next = this.samples.find(({ place }) => place > replayed)
    return next ? (performance.now() - next.at) / 1_000 : 0
  }

  private tell(place: number, replica: Replica): void {
    if (this.isGood(replica) === !this.leftOut.has(replica)) return
    if (this.leftOut.delete(replica)) {
      this.log.info({ replica: place }, 'a replica is read from again')
    } else {
      this.leftOut.add(replica)
      const lag = replica.replayed < 0 ? null : Math.round(replica.lag)
      this.log.warn({ replica: place, lag }, 'a replica is left out: it is away, or too far behind')
    }
  }
}

function addressOf(url: string): string {
  const { host, port } = new pg.Client({ connectionString: url })
  return `${host}:${port}`
}

/** PostgreSQL's appendix A: what a standby says to whoever wants to write, and what a statement ends with that took too long. */
const READ_ONLY = '25006'
const QUERY_CANCELED = '57014'
const WRITES: ReadonlySet<string> = new Set(['insert', 'update', 'delete'])

function textOf([query]: unknown[]): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : ''
}

/** Why a server could not be read from; null: it could. */
export async function replicaProblem(url: string): Promise<'away' | 'no standby' | null> {
  const pool = new Pool({ connectionString: url, max: 1 }, REPLICA_PATIENCE)
  try {
    const { rows } = await pool.query(REPLAYED)
    return rows.length === 0 ? 'no standby' : null
  } catch {
    return 'away'
  } finally {
    await pool.end()
  }
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
