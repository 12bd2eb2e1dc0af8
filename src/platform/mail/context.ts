import type { FastifyBaseLogger } from 'fastify'
import type { Database } from '../database/database.ts'
import type { MailSettings } from './settings.ts'
import type { Transport } from './transport.ts'

/** What sending stands on. */
export interface MailContext {
  config: MailSettings
  secret: string
  database: Database
  transport: Transport
  log: FastifyBaseLogger
}
