import { setTimeout } from 'node:timers/promises'
import type pg from 'pg'
import { Client } from './client.ts'
import { hasNoRoom, notNow } from './unreachable.ts'

/** Between two tries: the forum is back at most so long after the database. */
const PAUSE_MILLISECONDS = 250

/** What `pg` says when all connections were busy for as long as somebody waits for one. */
const NONE_FREE = 'timeout exceeded when trying to connect'

/** Whether `pg` gave up on a statement without any answer. A server that works would have ended the statement before. */
export const isSilence = (error: unknown): error is Error =>
  error instanceof Error && error.message === 'Query read timeout'

/**
 * While the database does not answer, one connection asks whether it is back, and everybody else fails at once. Else each
 * reader would wait until a connection times out, and all the waiting requests would fill the memory.
 */
export class Absence {
  /** Why nobody reaches the database at the moment; null: it answers, as far as is known. */
  error: Error | null = null
  #heardAt = performance.now()
  #asking: Client | null = null
  #isOver = false
  readonly #config: pg.ClientConfig
  readonly #patience: number

  /** @param patience after so many milliseconds without any answer it is taken to be away. */
  constructor(config: pg.ClientConfig, patience: number) {
    this.#config = { ...config, connectionTimeoutMillis: patience, query_timeout: patience }
    this.#patience = patience
  }

  /** The database has answered something. */
  heard(): void {
    this.#heardAt = performance.now()
  }

  /** Somebody has got no connection, or no word on one. */
  failed(error: Error): void {
    if (this.error || this.#isOver || !this.#meansAway(error)) return
    this.error = error
    void this.#askUntilHeard().finally(() => {
      this.error = null
    })
  }

  end(): void {
    this.#isOver = true
    this.#asking?.destroy('the forum stops')
  }

  #meansAway(error: Error): boolean {
    // Either may be the fault of the connections: others may hear from the server.
    if (error.message === NONE_FREE || isSilence(error)) return performance.now() - this.#heardAt >= this.#patience
    return notNow(error)?.reason === 'away' && !hasNoRoom(error)
  }

  async #askUntilHeard(): Promise<void> {
    while (!this.#isOver && !(await this.#answers())) await setTimeout(PAUSE_MILLISECONDS, null, { ref: false })
  }

  async #answers(): Promise<boolean> {
    const client = new Client(this.#config)
    this.#asking = client
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query('select 1')
      this.heard()
      return true
    } catch {
      return false
    } finally {
      this.#asking = null
      client.end().catch(() => {})
    }
  }
}
