import { randomUUID } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'

/**
 * What has changed, in ids only: whoever listens reads the rest from the database. The last two are never announced;
 * a process tells them to itself, when it can no longer hear the others, and when it can again but not know what it
 * has not heard.
 */
export type ForumEvent =
  | { type: 'post' | 'edited' | 'deleted' | 'restored'; thread: number; number: number; boards: number[] }
  | { type: 'moved' | 'locked' | 'removed'; thread: number; boards: number[] }
  | { type: 'boards' }
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

/** Carries what is committed in one process to all of them. */
export interface Bus {
  /** The process, for the others to know whose announcement they hear. */
  readonly id: string
  /** Hands each event to `hear`, in the order of the commits, until the returned function is called. */
  listen(hear: (event: ForumEvent) => void): () => void
  /** Tells this process of what it has committed itself, before anybody is told that it is done: see `change.ts`. */
  tellHere(event: Announcement): void
  close(): Promise<void>
}

/** The channel that all processes of a forum listen on. */
export const CHANNEL = 'contrechamp'

const SHORTEST_WAIT = 100
const LONGEST_WAIT = 10_000
/** How often the connection is asked whether it still is one; a cable that was pulled out says nothing. */
const HEARTBEAT = 10_000

/** Listens on one connection of its own, outside the pool, and comes back by itself when that breaks. */
export async function openBus(url: string, log: FastifyBaseLogger): Promise<Bus> {
  const id = randomUUID()
  const listeners = new Set<(event: ForumEvent) => void>()
  const tell = (event: ForumEvent) => {
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
      query_timeout: HEARTBEAT,
    })
    connection.on('notification', ({ payload }) => {
      const { from, ...event } = JSON.parse(payload ?? '')
      if (from !== id) tell(event)
    })
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
        } catch {
          retry()
        }
      },
      wait * (0.5 + Math.random()),
    ).unref()
  }

  const heartbeat = setInterval(() => {
    const asked = client
    asked?.query('select 1').catch(() => asked.end().catch(() => {}))
  }, HEARTBEAT).unref()

  await connect()
  return {
    id,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tellHere: tell,
    async close() {
      closed = true
      clearInterval(heartbeat)
      await client?.end()
    },
  }
}
