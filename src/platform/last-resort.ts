import type { FastifyBaseLogger } from 'fastify'

/**
 * Logs what nobody caught, and lets the process live: a library that does not wait for its own work, or a file
 * descriptor that is missing for a moment, would else end the forum for everybody. All that must be whole is whole by a
 * transaction.
 */
export function logWhatNobodyCaught(log: FastifyBaseLogger): void {
  process.on('unhandledRejection', (reason) => log.error({ err: asError(reason) }, 'failed, and nobody waited for it'))
  process.on('uncaughtException', (error) => log.fatal({ err: asError(error) }, 'failed, and nobody caught it'))
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error('Something was thrown'))
