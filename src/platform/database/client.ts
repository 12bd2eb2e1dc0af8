import { Socket } from 'node:net'
import pg from 'pg'

/** `bigint[]`, in PostgreSQL's catalogue `pg_type`. */
const INT8_ARRAY: number = 1016

/** Identity keys stay far below 2^53, so numbers hold them exactly, alone and in arrays. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(INT8_ARRAY, (text) =>
  JSON.parse(text.replaceAll('{', '[').replaceAll('}', ']').replaceAll('NULL', 'null')),
)

const KEEP_ALIVE_MILLISECONDS = 10_000
const LONGEST_GOODBYE_MILLISECONDS = 1_000

/**
 * A connection that gives itself up. Where a firewall forgets a connection or a host vanishes, nobody ever says that it
 * is gone: a query that has had no answer for `query_timeout` milliseconds breaks the connection, so that no pool hands
 * it out again. `pg` itself only fails the query, and keeps the connection. A goodbye that nobody answers ends as well.
 */
export class Client extends pg.Client {
  readonly #socket: Socket
  readonly #patience: number
  #silence: NodeJS.Timeout | null = null
  /** Questions without an answer yet, and when the first of them was asked: PostgreSQL takes them one after the other. */
  #waiting = 0
  #asked = 0
  /** Called with how many milliseconds each answer took. */
  answered: (milliseconds: number) => void = () => {}

  constructor({ query_timeout = 0, ...config }: pg.ClientConfig = {}) {
    const socket = new Socket()
    super({
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MILLISECONDS,
      ...config,
      stream: () => socket,
    })
    this.#socket = socket
    this.#patience = query_timeout
    // Each answer is a sign of life; the questions that wait behind it are answered in their turn.
    this.connection.on('readyForQuery', () => {
      this.#silence?.refresh()
      this.#time()
    })
    this.on('drain', () => this.#hear())
    this.on('end', () => this.#hear())
    this.#watchQueries()
  }

  /** Breaks the connection at once: whatever waits for an answer on it fails. */
  destroy(reason: string): void {
    this.#socket.destroy(new Error(`Connection terminated: ${reason}`))
  }

  override end(): Promise<void>
  override end(ended: (error: Error) => void): void
  override end(ended?: (error: Error) => void): Promise<void> | void {
    const timer = setTimeout(() => this.#socket.destroy(), LONGEST_GOODBYE_MILLISECONDS)
    this.#socket.once('close', () => clearTimeout(timer))
    if (this.#socket.destroyed) clearTimeout(timer)
    return ended ? super.end(ended) : super.end()
  }

  /** `query` has more signatures than can be overridden one by one. */
  #watchQueries(): void {
    const watched = (...words: unknown[]) => {
      this.#listen()
      if (this.#waiting === 0) this.#asked = performance.now()
      this.#waiting += 1
      return Reflect.apply(super.query, this, words)
    }
    Object.defineProperty(this, 'query', { value: watched, writable: true, configurable: true })
  }

  #time(): void {
    // A new connection says that it is ready before anything was asked.
    if (this.#waiting === 0) return
    const now = performance.now()
    this.answered(now - this.#asked)
    this.#waiting -= 1
    this.#asked = now
  }

  #listen(): void {
    // Another question, a heartbeat say, is no sign of life.
    if (this.#patience === 0 || this.#silence) return
    this.#silence = setTimeout(() => this.destroy('it has fallen silent'), this.#patience)
  }

  #hear(): void {
    if (this.#silence) clearTimeout(this.#silence)
    this.#silence = null
  }
}
