import { setTimeout } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { EmbeddedServer } from './server.ts'

const LOOK_AGAIN = 1_000
const SHORTEST_WAIT = 200
const LONGEST_WAIT = 10_000

/**
 * Starts a server again when it has ended: somebody killed it, or its disk was full. Until it can be started (there is
 * space again, say) it is tried again and again, until this is disposed of.
 */
export function keepServer(server: EmbeddedServer, log: FastifyBaseLogger): AsyncDisposable {
  const stop = new AbortController()
  const wait = (milliseconds: number) =>
    setTimeout(milliseconds, null, { signal: stop.signal, ref: false }).catch(() => {})

  async function watch(): Promise<void> {
    while (!stop.signal.aborted) {
      await wait(LOOK_AGAIN)
      if (stop.signal.aborted || (await server.runs())) continue
      log.error('the database has ended')
      await startAgain()
    }
  }

  async function startAgain(): Promise<void> {
    for (let pause = SHORTEST_WAIT; !stop.signal.aborted; pause = Math.min(2 * pause, LONGEST_WAIT)) {
      try {
        await server.start('keep', stop.signal)
        return log.warn('the database runs again')
      } catch (error) {
        log.error({ err: error }, 'the database could not be started again')
      }
      await wait(pause)
    }
  }

  const watching = watch()
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await watching
    },
  }
}
