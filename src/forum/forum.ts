import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config.ts'
import type { Database } from '../platform/database/database.ts'
import type { Sending } from '../platform/mail/sending.ts'
import type { Transport } from '../platform/mail/transport.ts'
import type { Markdown } from '../platform/text/markdown/markdown.ts'
import type { Bus } from './events.ts'

/** What every verb and query stands on, in a request, a job or a command alike. `compose.ts` opens it. */
export interface Forum {
  config: Config
  /** The key of everything that the forum signs. */
  secret: string
  database: Database
  bus: Bus
  markdown: Markdown
  /** Where mails leave it. */
  transport: Transport
  sending: Sending
  log: FastifyBaseLogger
  close(): Promise<void>
}
