import type { FastifyBaseLogger } from 'fastify'
import { keyedHash } from '../crypto/keyed-hash.ts'
import { inTime } from '../in-time.ts'
import { OperatorError } from '../process/operator-error.ts'
import type { Announced, OpenBus } from './bus.ts'
import { redisClient } from './redis-client.ts'
import { openRelay } from './relay.ts'

/** How often the connections are checked, in milliseconds: nobody says that a cable was pulled out. */
const HEARTBEAT = 10_000
/** Whoever has changed something waits no longer for the others to be told: they are told as soon as they can be. */
const LONGEST_TELLING = 1_000
/** So many events wait for a server that is away. Beyond, all others are only told that they have missed something. */
const MOST_UNSENT = 10_000
const MISSED = '"missed"'

/**
 * A bus over Valkey or Redis (pub/sub), for forums whose commits are too many for PostgreSQL's notifications, which are
 * made one after the other. Pub/sub forgets what nobody hears, so: an event is published after its commit and before it is
 * acknowledged; what cannot be is kept and published when the server is back; who comes back, or starts, has everybody look at
 * everything, because a process that was killed between the two has told nobody.
 * @param secret the forum's: of it the channel's name is made, so that forums that share a server do not hear each other.
 * @throws OperatorError when the server does not answer.
 */
export async function openRedisBus<Event extends Announced>(
  url: string,
  secret: string,
  isEvent: (event: Announced) => event is Event,
  log: FastifyBaseLogger,
  heartbeat = HEARTBEAT,
): Promise<OpenBus<Event>> {
  const channel = `contrechamp:${keyedHash(secret, 'bus').toString('base64url').slice(0, 22)}`
  const { listen, tell, tellOnce, hear } = openRelay(isEvent, log)
  const [ears, mouth] = [await redisClient(url, heartbeat, log), await redisClient(url, heartbeat, log)]
  let unsent: string[] = []
  /** Null until the first time. */
  let hears: boolean | null = null

  async function send(payload: string): Promise<void> {
    try {
      // A connection to a server that hangs takes this command, and is not ready.
      if (mouth.status !== 'ready') throw new Error('There is no connection')
      await inTime(mouth.publish(channel, payload), LONGEST_TELLING)
    } catch (error) {
      // Those that wait are tried again at each heartbeat.
      if (unsent.length === 0) log.warn({ err: error }, 'the server of LIVE_BUS carries nothing for now')
      // Twice at the worst: whoever has heard it knows its name.
      unsent = unsent.length < MOST_UNSENT ? [...unsent, payload] : [MISSED]
    }
  }

  async function sendUnsent(): Promise<void> {
    const waiting = unsent
    unsent = []
    await Promise.all(waiting.map(send))
  }

  async function subscribe(): Promise<void> {
    await ears.subscribe(channel)
    const isBack = hears === false
    hears = true
    if (isBack) tell({ type: 'reconnected' })
  }

  ears.on('message', (_channel, payload) => (payload === MISSED ? tell({ type: 'reconnected' }) : hear(payload)))
  ears.on('close', () => {
    // Each attempt that fails closes once more.
    if (!hears) return
    hears = false
    tell({ type: 'disconnected' })
  })
  try {
    await mouth.connect()
    await mouth.publish(channel, MISSED)
    await ears.connect()
    await subscribe()
  } catch (error) {
    for (const client of [ears, mouth]) client.disconnect()
    log.warn({ err: error }, 'the bus does not reach its server')
    throw new OperatorError('The server of LIVE_BUS does not answer: check its address, and that it runs.')
  }
  /** A server that does not let us is asked again at each heartbeat. */
  const subscribeAgain = () => {
    subscribe().catch((error: unknown) => log.warn({ err: error }, 'the server of LIVE_BUS does not let us listen'))
  }
  ears.on('ready', subscribeAgain)
  mouth.on('ready', () => void sendUnsent())
  const heartbeats = setInterval(() => {
    // A connection that does not answer breaks by itself, and says so then.
    for (const client of [ears, mouth]) if (client.status === 'ready') client.ping().catch(() => {})
    if (ears.status === 'ready' && !hears) subscribeAgain()
    if (mouth.status === 'ready' && unsent.length > 0) void sendUnsent()
  }, heartbeat).unref()

  return {
    inDatabase: false,
    async announce(event, name) {
      tellOnce(event, name)
      await send(JSON.stringify({ ...event, name }))
    },
    listen,
    async close() {
      hears = null
      clearInterval(heartbeats)
      await inTime(sendUnsent(), LONGEST_TELLING).catch(() => {})
      for (const client of [ears, mouth]) client.disconnect()
    },
  }
}
