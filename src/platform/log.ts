import type { FastifyBaseLogger } from 'fastify'

/** Where everything is logged that a person does not cause. */
export type Log = FastifyBaseLogger
