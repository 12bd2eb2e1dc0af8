import type { FastifyBaseLogger } from 'fastify'
import { notNow } from '../database/unreachable.ts'

/**
 * What would else end the process at once is logged. A promise that nobody waited for, and a want of descriptors or of a
 * connection, leave everything else as it was; after any other exception nobody knows what is half done in memory, so the
 * process stops in order, and whatever watches over it starts it anew.
 */
export function logLastResort(log: FastifyBaseLogger): void {
  process.on('unhandledRejection', (reason) => {
    log.error({ err: asError(reason) }, 'failed where nobody waited for it')
  })
  process.on('uncaughtException', (thrown) => {
    if (notNow(thrown)) {
      log.error({ err: thrown }, 'failed for now')
      return
    }
    log.fatal({ err: asError(thrown) }, 'failed, and stops')
    process.exitCode = 1
    process.kill(process.pid, 'SIGTERM')
  })
}

const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(`a ${typeof thrown} was thrown`)
