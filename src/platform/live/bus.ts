import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { FastifyBaseLogger } from 'fastify'
import { LRUCache } from 'lru-cache'
import { Client } from '../database/client.ts'
import { readNotice } from './notice.ts'

/**
 * What has changed, in ids only: whoever listens reads the rest from the database. The last two are never announced;
 * a process tells them to itself, when it can no longer hear the others, and when it can again but not know what it
 * has not heard.
 */
export type ForumEvent =
  | { type: 'post' | 'edited' | 'deleted' | 'restored'; thread: number; number: number; boards: number[] }
  | { type: 'moved' | 'locked' | 'removed'; thread: number; boards: number[] }
  | { type: 'boards' }
  /** Posts have been rendered anew, anywhere. */
  | { type: 'rendered' }
  /** What is known of a member from their sessions is another now. */
  | { type: 'member'; member: number }
  /** A member’s sessions, or some of them, have ended. */
  | { type: 'signed-out'; member: number }
  /** A member has read something that they were told. */
  | { type: 'notified'; member: number }
  /** How many windows of one process follow a thread. */
  | { type: 'readers'; thread: number; process: string; count: number }
  | { type: 'deaf' }
  | { type: 'missed' }

export type Announcement = Exclude<ForumEvent, { type: 'deaf' | 'missed' }>

/** Carries what is committed in one process to all of them. PostgreSQL does; another carrier has the same two functions. */
export interface Bus {
  /**
   * Tells of an event that is committed, under a name of its own, before anybody is told that it is done. PostgreSQL
   * tells the other processes itself of what was announced in the transaction (see `announcement`), so this one alone
   * is left to be told; another carrier would publish it here.
   */
  announce(event: Announcement, name: string): void
  /** Hands each event to `hear`, in the order of the commits, until the returned function is called. */
  listen(hear: (event: ForumEvent) => void): () => void
}

/** A bus with the connection that it listens on. */
export interface OpenBus extends Bus {
  close(): Promise<void>
}

/** The channel that all processes of a forum listen on. */
const CHANNEL = 'contrechamp'

/** The announcement of an event, given as JSON, under its name: a piece of the statement or transaction it belongs to. */
export const announcement = (event: SQL, name: string | Placeholder): SQL =>
  sql`pg_notify('${sql.raw(CHANNEL)}', (${event} || jsonb_build_object('name', ${name}::text))::text)`

/** An announcement is told of within moments of being heard, or the other way round. */
const NAMES_KNOWN = 10_000

const SHORTEST_WAIT = 100
const LONGEST_WAIT = 10_000
/** How often the connection is asked whether it still is one; a cable that was pulled out says nothing. */
const HEARTBEAT = 10_000

/**
 * Listens on one connection of its own, outside the pool, and comes back by itself when that breaks.
 * @param heartbeat after so many milliseconds without an answer it is taken to be broken.
 */
export async function openBus(url: string, log: FastifyBaseLogger, heartbeat = HEARTBEAT): Promise<OpenBus> {
  const listeners = new Set<(event: ForumEvent) => void>()
  /** What one listener cannot cope with is no reason that the others do not hear of it, or that the process ends. */
  const tell = (event: ForumEvent) => {
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (error) {
        log.error({ err: error, event: event.type }, 'an event was not taken in')
      }
    }
  }
  const known = new LRUCache<string, true>({ max: NAMES_KNOWN })
  /**
   * What this process announces comes back to it from the database: mostly it knows by then, but where a connection
   * broke between the commit and the answer, that is how it learns of it.
   */
  const tellOnce = (event: ForumEvent, name: string) => {
    if (known.has(name)) return
    known.set(name, true)
    tell(event)
  }
  /** Another version of the forum may say what this one does not know: then it knows only that something has happened. */
  const hear = (payload: string) => {
    const notice = readNotice(payload)
    if (notice) return tellOnce(notice.event, notice.name)
    log.warn('an event was not understood')
    tell({ type: 'missed' })
  }
  let client: Client | null = null
  let closed = false
  let wait = SHORTEST_WAIT

  async function connect(): Promise<void> {
    const connection = new Client({
      connectionString: url,
      application_name: 'contrechamp bus',
      connectionTimeoutMillis: 5_000,
      query_timeout: heartbeat,
    })
    connection.on('notification', ({ channel, payload = '' }) => channel === CHANNEL && hear(payload))
    // Its end is what counts; without a listener an error would end the process.
    connection.on('error', (error) => log.warn({ err: error }, 'the connection of the bus is broken'))
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
    tell({ type: 'deaf' })
    log.warn({ waits: wait }, 'the bus has lost the database')
    retry()
  }

  function retry(): void {
    setTimeout(
      async () => {
        wait = Math.min(wait * 2, LONGEST_WAIT)
        if (closed) return
        try {
          await connect()
          tell({ type: 'missed' })
        } catch (error) {
          log.warn({ err: error, waits: wait }, 'the bus does not reach the database')
          retry()
        }
      },
      wait * (0.5 + Math.random()),
    ).unref()
  }

  const heartbeats = setInterval(() => {
    // A connection that does not answer breaks by itself, and says so then.
    client?.query('select 1').catch(() => {})
  }, heartbeat).unref()

  await connect()
  return {
    announce: tellOnce,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      closed = true
      clearInterval(heartbeats)
      await client?.end()
    },
  }
}
