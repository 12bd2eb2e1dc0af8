import type { FastifyBaseLogger } from 'fastify'
import type { Redis } from 'iovalkey'

const SHORTEST_WAIT = 100
const LONGEST_WAIT = 10_000
/** Whoever only asks whether a server is there waits no longer. */
const LONGEST_ANSWER_MILLISECONDS = 10_000

/**
 * Connects when it is told to, and then again by itself; what is sent meanwhile fails at once.
 * @param patience a connection on which nothing comes for so many milliseconds after a question is broken.
 */
export async function redisClient(url: string, patience: number, log?: FastifyBaseLogger): Promise<Redis> {
  // Most forums have none.
  const { Redis } = await import('iovalkey')
  const client = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
    socketTimeout: patience,
    retryStrategy: (times) => Math.min(SHORTEST_WAIT * 2 ** times, LONGEST_WAIT) * (0.5 + Math.random()),
  })
  client.on('error', (error) => log?.warn({ err: error }, 'the connection to the server of LIVE_BUS is broken'))
  return client
}

/** Whether a server answers, and does what limits ask of it. */
export async function redisAnswers(url: string): Promise<boolean> {
  const client = await redisClient(url, LONGEST_ANSWER_MILLISECONDS)
  try {
    await client.connect()
    await client.eval('return 1', 0)
    return true
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}
