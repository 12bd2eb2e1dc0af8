import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { FastifyBaseLogger } from 'fastify'
import { LRUCache } from 'lru-cache'
import { Client } from '../database/client.ts'
import { readNotice } from './notice.ts'

/** An event of the application. The bus reads nothing of it but its type, for the log, and what it outdates. */
export interface Announced {
  type: string
  /** Of what is kept in memory, all that has one of these tags is outdated. */
  tags: readonly string[] | 'everything'
}

/**
 * What a process tells itself: that it no longer hears the others, and that it hears them again but does not know what
 * it missed. The latter also stands for an event that it does not understand.
 */
export interface ConnectionEvent {
  type: 'disconnected' | 'reconnected'
}

/** Carries what is committed in one process to all of them. PostgreSQL does; another carrier has the same two functions. */
export interface Bus<Event extends Announced> {
  /**
   * Tells this process of an event that is committed, before the verb answers. The other processes hear of it from
   * PostgreSQL, because the transaction announced it (see `announcement`); another carrier would publish it here.
   * @param name the same as in the announcement.
   */
  announce(event: Event, name: string): void
  /** Hands each event to `hear`, in the order of the commits, until the returned function is called. */
  listen(hear: (event: Event | ConnectionEvent) => void): () => void
}

/** A bus with the connection that it listens on. */
export interface OpenBus<Event extends Announced> extends Bus<Event> {
  close(): Promise<void>
}

/** The channel that all processes of a forum listen on. */
const CHANNEL = 'contrechamp'

/** The announcement of an event, given as JSON, under its name: a piece of the statement or transaction it belongs to. */
export const announcement = (event: SQL, name: string | Placeholder): SQL =>
  sql`pg_notify('${sql.raw(CHANNEL)}', (${event} || jsonb_build_object('name', ${name}::text))::text)`

/** How many announcements are remembered, so that one that comes from here and from the database is handed on once. */
const NAMES_KNOWN = 10_000

const SHORTEST_WAIT = 100
const LONGEST_WAIT = 10_000
/** How often the connection is checked, in milliseconds: nobody says that a cable was pulled out. */
const HEARTBEAT = 10_000

/**
 * Listens on one connection of its own, outside the pool, and connects again by itself when that breaks.
 * @param isEvent whether a value that came over the channel is an event of this version.
 * @param heartbeat after so many milliseconds without an answer the connection is taken to be broken.
 */
export async function openBus<Event extends Announced>(
  url: string,
  isEvent: (event: Announced) => event is Event,
  log: FastifyBaseLogger,
  heartbeat = HEARTBEAT,
): Promise<OpenBus<Event>> {
  const { listeners, tell, tellOnce, hear } = openRelay(isEvent, log)
  let client: Client | null = null
  let closed = false
  let wait = SHORTEST_WAIT

  async function connect(): Promise<void> {
    const connection = await listening(url, heartbeat, hear, log)
    if (closed) return connection.end()
    connection.once('end', reconnect)
    client = connection
    wait = SHORTEST_WAIT
  }

  function reconnect(): void {
    client = null
    if (closed) return
    tell({ type: 'disconnected' })
    log.warn({ waits: wait }, 'the bus has lost the database')
    retry()
  }

  /** Waits twice as long each time, with a random part, so that not all processes come back at once. */
  function retry(): void {
    setTimeout(
      async () => {
        wait = Math.min(wait * 2, LONGEST_WAIT)
        if (closed) return
        try {
          await connect()
          tell({ type: 'reconnected' })
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

/** Hands events to all who listen in this process. */
function openRelay<Event extends Announced>(isEvent: (event: Announced) => event is Event, log: FastifyBaseLogger) {
  const listeners = new Set<(event: Event | ConnectionEvent) => void>()
  /** Logs what a listener throws: it must neither keep the event from the others nor end the process. */
  const tell = (event: Event | ConnectionEvent) => {
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
   * An event of this process comes back to it from the database. Mostly it is known by then; where a connection broke between
   * the commit and the answer, the process learns of its own event in this way.
   */
  const tellOnce = (event: Event, name: string) => {
    if (known.has(name)) return
    known.set(name, true)
    tell(event)
  }
  /** Another version may announce what this one does not know: then it only knows that it missed something. */
  const hear = (payload: string) => {
    const notice = readNotice(payload, isEvent)
    if (notice) return tellOnce(notice.event, notice.name)
    log.warn('an event was not understood')
    tell({ type: 'reconnected' })
  }
  return { listeners, tell, tellOnce, hear }
}

/** A connection that listens on the channel. @throws when the database cannot be reached. */
async function listening(
  url: string,
  heartbeat: number,
  hear: (payload: string) => void,
  log: FastifyBaseLogger,
): Promise<Client> {
  const connection = new Client({
    connectionString: url,
    application_name: 'contrechamp bus',
    connectionTimeoutMillis: 5_000,
    query_timeout: heartbeat,
  })
  connection.on('notification', ({ channel, payload = '' }) => channel === CHANNEL && hear(payload))
  // The `end` that follows is what counts; without a listener an error would end the process.
  connection.on('error', (error) => log.warn({ err: error }, 'the connection of the bus is broken'))
  try {
    await connection.connect()
    await connection.query(`listen ${CHANNEL}`)
    return connection
  } catch (error) {
    await connection.end()
    throw error
  }
}
