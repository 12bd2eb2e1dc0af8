import { sql } from 'drizzle-orm'
import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'
import type { Database, Transaction } from '../database/database.ts'

/**
 * What has changed, in ids only: whoever listens reads the rest from the database. `missed` is never announced; a
 * process tells it to itself when it was cut off for a while and cannot know what it has not heard.
 */
export type ForumEvent =
  | { type: 'post' | 'edited' | 'deleted' | 'restored'; thread: number; number: number }
  | { type: 'boards' }
  | { type: 'missed' }

export type Announcement = Exclude<ForumEvent, { type: 'missed' }>

/** Carries what is committed in one process to all of them. */
export interface Bus {
  /** Hands each event to `hear`, in the order of the commits, until the returned function is called. */
  listen(hear: (event: ForumEvent) => void): () => void
  close(): Promise<void>
}

/** The channel that all processes of a forum listen on. */
export const CHANNEL = 'contrechamp'
const SHORTEST_WAIT = 100
const LONGEST_WAIT = 10_000

/**
 * Announces an event in the transaction of the change it tells of: PostgreSQL delivers it when that commits, and
 * never when it does not.
 */
export async function announce(transaction: Database | Transaction, event: Announcement): Promise<void> {
  await transaction.execute(announcement(event))
}

/** The same as a piece of a longer statement. */
export const announcement = (event: Announcement) => sql`select pg_notify(${CHANNEL}, ${JSON.stringify(event)})`

/** Listens on one connection of its own, outside the pool, and comes back by itself when that breaks. */
export async function openBus(url: string, log: FastifyBaseLogger): Promise<Bus> {
  const listeners = new Set<(event: ForumEvent) => void>()
  const hear = (event: ForumEvent) => {
    for (const listener of listeners) listener(event)
  }
  let client: pg.Client | null = null
  let closed = false
  let wait = SHORTEST_WAIT

  async function connect(): Promise<void> {
    const connection = new pg.Client({
      connectionString: url,
      application_name: 'contrechamp bus',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    })
    connection.on('notification', ({ payload }) => hear(JSON.parse(payload ?? '')))
    // Its end is what counts; without a listener an error would end the process.
    connection.on('error', () => {})
    try {
      await connection.connect()
      await connection.query(`listen ${CHANNEL}`)
    } catch (error) {
      await connection.end()
      throw error
    }
    if (closed) return connection.end()
    connection.once('end', reconnect)
    client = connection
    wait = SHORTEST_WAIT
  }

  function reconnect(): void {
    client = null
    if (closed) return
    log.warn({ waits: wait }, 'the bus has lost the database')
    setTimeout(
      async () => {
        wait = Math.min(wait * 2, LONGEST_WAIT)
        if (closed) return
        try {
          await connect()
          hear({ type: 'missed' })
        } catch {
          reconnect()
        }
      },
      wait * (0.5 + Math.random()),
    ).unref()
  }

  await connect()
  return {
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      closed = true
      await client?.end()
    },
  }
}
