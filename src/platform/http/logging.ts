import type { FastifyBaseLogger } from 'fastify'
import pg from 'pg'
import { type DestinationStream, destination, type LoggerOptions } from 'pino'
import { notNow } from '../database/unreachable.ts'
import { unwrapped } from '../database/unwrapped.ts'
import type { App } from './app.ts'

interface LoggedError {
  type: string
  message?: string
  code?: unknown
  constraint?: unknown
  stack: string
}

/** Errors whose messages quote what people sent: a query with its values, a text that is not JSON. */
const QUOTING_ERRORS = ['DrizzleQueryError', 'DatabaseError', 'SyntaxError']

/**
 * What is written of an error: where it happened and what kind it is, never a value that somebody typed.
 */
export function loggedError(error: Error): LoggedError {
  const origin = unwrapped(error)
  const type = origin.constructor.name === 'Error' ? origin.name : origin.constructor.name
  // The message comes before the frames, and may hold lines that look like one.
  const frames = (origin.stack ?? '').replace(origin.message, () => '').split('\n')
  // What a pool or the network says of a connection quotes nobody.
  const ofConnection = !(origin instanceof pg.DatabaseError) && notNow(origin) !== null
  const quotes = !ofConnection && (QUOTING_ERRORS.includes(type) || QUOTING_ERRORS.includes(error.constructor.name))
  return {
    type,
    ...(quotes ? {} : { message: origin.message }),
    ...('code' in origin ? { code: origin.code } : {}),
    ...('constraint' in origin ? { constraint: origin.constraint } : {}),
    stack: frames.filter((line) => line.startsWith('    at ')).join('\n'),
  }
}

/**
 * Logging without personal data: no address of a person, no cookie, no form, and the route's pattern instead of
 * the path, because paths and queries say who is read and what is searched.
 */
export function loggerOptions(level: string): LoggerOptions {
  return {
    level,
    base: null,
    serializers: { err: loggedError, error: loggedError, req: () => undefined, res: () => undefined },
  }
}

/** One line for each request that was answered. */
export function logRequests(app: App): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      },
      'answered',
    )
  })
}

/** How long answers are counted before they are logged together. */
const COUNTED_MILLISECONDS = 1_000

interface Answered {
  route: string
  status: number
  times: number
}

/**
 * One line a second for each route whose pages were answered from what is kept, with how many there were: nothing happens
 * in such a request that a line of its own would explain.
 */
export function logKept(log: FastifyBaseLogger): { count(route: string, status: number): void; write(): void } {
  const counted = new Map<string, Answered>()
  let waiting: NodeJS.Timeout | null = null

  function write(): void {
    if (waiting) clearTimeout(waiting)
    waiting = null
    for (const answered of counted.values()) log.info({ method: 'GET', ...answered }, 'answered as kept')
    counted.clear()
  }

  function count(route: string, status: number): void {
    const key = `${status} ${route}`
    const answered = counted.get(key)
    if (answered) answered.times += 1
    else counted.set(key, { route, status, times: 1 })
    waiting ??= setTimeout(write, COUNTED_MILLISECONDS).unref()
  }
  return { count, write }
}

/** How much is gathered before it is written, and for how long at the most. */
const GATHERED_BYTES = 12_288
const GATHERED_MILLISECONDS = 500

/** Standard output, written to in larger pieces: a line for each request would else be a system call for each. */
export const logDestination = (): DestinationStream =>
  destination({ dest: 1, sync: false, minLength: GATHERED_BYTES, periodicFlush: GATHERED_MILLISECONDS })
