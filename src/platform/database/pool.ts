import pg from 'pg'
import { Client } from './client.ts'
import { retryConflicts } from './retry-conflicts.ts'

/** How long this process waits for the database, in milliseconds. */
export interface Patience {
  /** For a connection: to be made, or to become free. */
  connection: number
  /** For a statement; then PostgreSQL ends it, and where nothing is heard of that either, the connection is broken. */
  statement: number
}

export const PATIENCE: Patience = { connection: 5_000, statement: 15_000 }

/** A server that is there has said by then that it has ended the statement. */
const SILENCE_AFTER_STATEMENT = 1.2
const LONGEST_CLOSE_MILLISECONDS = 2_000

/** A pool whose connections are all given up when it ends, also those that somebody still holds. */
export class Pool extends pg.Pool {
  readonly #clients = new Set<Client>()
  /** Called with how many milliseconds each answer of the database took. */
  answered: (milliseconds: number) => void = () => {}

  /** Who answers a statement outside a transaction: this pool's own server, unless `Replicas` knows another. */
  reads: (words: unknown[], askHere: () => Promise<unknown>) => Promise<unknown> = (_words, askHere) => askHere()

  constructor(config: pg.PoolConfig, { connection, statement }: Patience = PATIENCE) {
    super({
      connectionTimeoutMillis: connection,
      statement_timeout: statement,
      idle_in_transaction_session_timeout: statement,
      query_timeout: statement * SILENCE_AFTER_STATEMENT,
      Client,
      ...config,
    })
    // A connection that breaks is replaced by the pool, and the query on it fails by itself; without these listeners
    // it would end the process.
    this.on('error', () => {})
    this.on('connect', (client) => {
      client.on('error', () => {})
      if (!(client instanceof Client)) return
      this.#clients.add(client)
      client.answered = (milliseconds) => this.answered(milliseconds)
      client.once('end', () => this.#clients.delete(client))
    })
    this.#retryStatements()
  }

  /** Waits a moment for those who hold connections, then breaks them. */
  override end(): Promise<void>
  override end(ended: () => void): void
  override end(ended?: () => void): Promise<void> | void {
    const late = setTimeout(() => {
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
      return typeof words.at(-1) === 'function' ? ask() : this.reads(words, () => retryConflicts(ask))
    }
    Object.defineProperty(this, 'query', { value: retried, writable: true, configurable: true })
  }
}
