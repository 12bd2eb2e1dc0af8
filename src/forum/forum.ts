import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config.ts'
import { forumSecret } from '../platform/crypto/secret.ts'
import { type Database, openDatabase } from '../platform/database/database.ts'
import { openBus } from '../platform/live/bus.ts'
import { openSending, type Sending } from '../platform/mail/sending.ts'
import { type Outlet, openOutlet } from '../platform/mail/transport.ts'
import { type Markdown, openMarkdown } from '../platform/text/markdown/markdown.ts'
import { type Bus, isForumEvent } from './events.ts'

/** What every verb and query of a feature stands on, in a request, a job or a command alike. */
export interface Forum {
  config: Config
  /** The key of everything that the forum signs. */
  secret: string
  database: Database
  bus: Bus
  markdown: Markdown
  /** Where mails leave it. */
  outlet: Outlet
  sending: Sending
  log: FastifyBaseLogger
  close(): Promise<void>
}

/**
 * Opens the forum on a migrated database.
 * @throws OperatorError when the database does not answer or the data folder cannot be written.
 */
export async function openForum(config: Config, databaseUrl: string, log: FastifyBaseLogger): Promise<Forum> {
  await using endings = new AsyncDisposableStack()
  const secret = await forumSecret(config)
  const outlet = endings.adopt(await openOutlet(config), (opened) => opened.close())
  const database = endings.adopt(await openDatabase(databaseUrl, config.databasePool), ({ $client }) => $client.end())
  const bus = endings.adopt(await openBus(databaseUrl, isForumEvent, log), (opened) => opened.close())
  const markdown = endings.adopt(openMarkdown(), (opened) => opened.close())
  const sending = endings.adopt(openSending(), (opened) => opened.close())
  const opened = endings.move()
  return { config, secret, database, bus, markdown, outlet, sending, log, close: () => opened.disposeAsync() }
}
