import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'
import { inTime } from '../in-time.ts'
import { type Patience, PLANNING, Pool } from './pool.ts'
import { type LastKnown, type Replica, readFromPrimary } from './reading.ts'

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

/** How far each replica has come in the primary's log, as this process sees it: looked at again and again. */
export class ReplicaProgress {
  readonly longestLag: number
  readonly replicas: readonly Replica[]
  private readonly primary: Pool
  private readonly log: FastifyBaseLogger
  private readonly onLook: () => void
  private readonly looking: NodeJS.Timeout
  private readonly asked = new WeakMap<Replica, Promise<void>>()
  private readonly leftOut = new Set<Replica>()
  private samples: Sample[] = []
  /** How much of the primary's log was on its disk when it last answered, and when that was. */
  private seen: { flushed: number; at: Date } | null = null
  private turn = 0

  /** @param onLook called at each look. */
  constructor(primary: Pool, settings: ReplicaSettings, log: FastifyBaseLogger, onLook: () => void) {
    this.primary = primary
    this.log = log
    this.onLook = onLook
    this.longestLag = settings.databaseReplicaLag
    this.replicas = settings.databaseReplicaUrls.map((url) => ({
      pool: new Pool(
        { connectionString: url, max: settings.databasePool, application_name: 'contrechamp', options: PLANNING },
        REPLICA_PATIENCE,
      ),
      address: hostAndPort(url),
      replayed: -1,
      lag: Number.POSITIVE_INFINITY,
    }))
    this.looking = setInterval(() => void this.look(), LOOKING_MILLISECONDS).unref()
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

  /** All of them, each time with another one first. */
  inTurn(): Replica[] {
    this.turn = (this.turn + 1) % this.replicas.length
    return [...this.replicas.slice(this.turn), ...this.replicas.slice(0, this.turn)]
  }

  /** Asks everybody where they stand. */
  async look(): Promise<void> {
    this.onLook()
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

  isGood({ replayed, lag }: Replica): boolean {
    return replayed >= 0 && lag <= this.longestLag
  }

  /** Asks a replica where it stands: once for all who want to know it now. */
  ask(replica: Replica): Promise<void> {
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

  /** Nothing is asked of it until it says again where it stands. */
  leave(replica: Replica): void {
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

function hostAndPort(url: string): string {
  const { host, port } = new pg.Client({ connectionString: url })
  return `${host}:${port}`
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
