import { type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { FastifyBaseLogger } from 'fastify'
import { Client } from '../database/client.ts'
import { openRelay } from './relay.ts'

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

/** Carries what is committed in one process to all of them: over PostgreSQL, or over Valkey or Redis (`redis-bus.ts`). */
export interface Bus<Event extends Announced> {
  /** Whether PostgreSQL carries events, so that the transaction announces them (see `announcement`). */
  readonly inDatabase: boolean
  /**
   * Tells this process of an event that is committed, before the verb answers, and the other processes where PostgreSQL
   * does not.
   * @param name the same as in the announcement.
   */
  announce(event: Event, name: string): Promise<void>
  /** Hands each event to `hear`, in the order of the commits, until the returned function is called. */
  listen(hear: (event: Event | ConnectionEvent) => void): () => void
}

/** A bus with the connection that it listens on. */
export interface OpenBus<Event extends Announced> extends Bus<Event> {
  close(): Promise<void>
}

/** The channel that all processes of a forum listen on. */
const CHANNEL = 'contrechamp'

/**
 * The announcement of an event, given as JSON, under its name: a piece of the statement or transaction it belongs to. Without a
 * name (null) there is none: see `inDatabase`.
 */
export const announcement = (event: SQL, name: string | Placeholder): SQL =>
  sql`(select pg_notify('${sql.raw(CHANNEL)}', (${event} || jsonb_build_object('name', ${name}::text))::text)
    where ${name}::text is not null)`

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
  const { listen, tell, tellOnce, hear } = openRelay(isEvent, log)
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
    inDatabase: true,
    announce: async (event, name) => tellOnce(event, name),
    listen,
    async close() {
      closed = true
      clearInterval(heartbeats)
      await client?.end()
    },
  }
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
