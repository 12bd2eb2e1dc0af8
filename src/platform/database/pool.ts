import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { Absence, isSilence } from './absence.ts'
import { Client } from './client.ts'
import { retryConflicts } from './retry-conflicts.ts'
import { hasNoRoom } from './unreachable.ts'

/** How long this process waits for the database, in milliseconds. */
export interface Patience {
  /** For a connection: to be made, or to become free. */
  connection: number
  /** For a statement; then PostgreSQL ends it, and where nothing is heard of that either, the connection is broken. */
  statement: number
}

export const PATIENCE: Patience = { connection: 5_000, statement: 15_000 }

/**
 * Queries of pages look up some dozens of rows, hardly any of them twice: to keep them for a second time (Memoize) costs a
 * tenth of such a query, and only in larger forums is it planned.
 */
export const PLANNING = '-c enable_memoize=off'

/** A server that is there has said by then that it has ended the statement. */
const SILENCE_AFTER_STATEMENT = 1.2
const LONGEST_CLOSE_MILLISECONDS = 2_000
/** Between two tries where the server has no room for another connection. */
const PAUSE_MILLISECONDS = 50

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: pg.PoolClient['release'],
) => void

/**
 * A pool whose connections are all given up when it ends, also those that somebody still holds; and that says at once that
 * there is none, once it is known that the database is away.
 */
export class Pool extends pg.Pool {
  readonly #clients = new Set<Client>()
  readonly #absence: Absence
  readonly #patience: number
  /** Called with how many milliseconds each answer of the database took. */
  answered: (milliseconds: number) => void = () => {}

  /** Who answers a statement outside a transaction: this pool's own server, unless `Replicas` knows another. */
  reads: (words: unknown[], askHere: () => Promise<unknown>) => Promise<unknown> = (_words, askHere) => askHere()

  /** The same of a transaction that only reads. */
  readsTogether: <Result>(act: (pool: Pool) => Promise<Result>) => Promise<Result> = (act) => act(this)

  constructor(config: pg.PoolConfig, { connection, statement }: Patience = PATIENCE) {
    super({
      connectionTimeoutMillis: connection,
      statement_timeout: statement,
      idle_in_transaction_session_timeout: statement,
      query_timeout: statement * SILENCE_AFTER_STATEMENT,
      Client,
      ...config,
    })
    this.#patience = connection
    this.#absence = new Absence({ ...this.options }, connection)
    // A connection that breaks is replaced by the pool, and the query on it fails by itself; without these listeners
    // it would end the process.
    this.on('error', () => {})
    this.on('connect', (client) => {
      client.on('error', () => {})
      client.on('drain', () => this.#absence.heard())
      if (!(client instanceof Client)) return
      this.#clients.add(client)
      client.answered = (milliseconds) => this.answered(milliseconds)
      client.once('end', () => this.#clients.delete(client))
    })
    this.#retryStatements()
  }

  /** Whether nobody reaches the server at the moment, as far as is known. */
  get isAway(): boolean {
    return this.#absence.error !== null
  }

  override connect(): Promise<pg.PoolClient>
  override connect(connected: Connected): void
  override connect(connected?: Connected): Promise<pg.PoolClient> | undefined {
    const taken = this.#take()
    if (!connected) return taken
    taken.then(
      (client) => connected(undefined, client, client.release),
      (error) => connected(error, undefined, () => {}),
    )
    return undefined
  }

  /** Where the server has no room for another connection, waits for one of the pool's. */
  async #take(): Promise<pg.PoolClient> {
    const latest = performance.now() + this.#patience
    for (;;) {
      if (this.#absence.error && !this.ending) throw this.#absence.error
      try {
        return await super.connect()
      } catch (error) {
        if (!(error instanceof Error)) throw error
        const waits = hasNoRoom(error) && this.totalCount > 0 && performance.now() < latest
        if (!waits) {
          this.#absence.failed(error)
          throw error
        }
      }
      await setTimeout(PAUSE_MILLISECONDS)
    }
  }

  /** Waits a moment for those who hold connections, then breaks them. */
  override end(): Promise<void>
  override end(ended: () => void): void
  override end(ended?: () => void): Promise<void> | void {
    this.#absence.end()
    const late = globalThis.setTimeout(() => {
      for (const client of this.#clients) client.destroy('the forum stops')
    }, LONGEST_CLOSE_MILLISECONDS)
    const closed = super.end().finally(() => clearTimeout(late))
    if (!ended) return closed
    closed.then(ended, ended)
  }

  /** A statement outside a transaction is one by itself. `query` has more signatures than can be overridden. */
  #retryStatements(): void {
    const retried = (...words: unknown[]) => {
      const ask = () => Reflect.apply(super.query, this, words)
      return typeof words.at(-1) === 'function' ? ask() : this.reads(words, () => this.#heed(retryConflicts(ask)))
    }
    Object.defineProperty(this, 'query', { value: retried, writable: true, configurable: true })
  }

  /** A server that hangs is known to be away by the first statement that it says nothing of, not when all connections are used up. */
  async #heed<Answer>(answer: Promise<Answer>): Promise<Answer> {
    try {
      return await answer
    } catch (error) {
      if (isSilence(error)) this.#absence.failed(error)
      throw error
    }
  }
}
