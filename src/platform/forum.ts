import type { FastifyBaseLogger } from 'fastify'
import type { Config } from '../config.ts'
import { type Database, openDatabase } from './database/database.ts'
import { type Bus, openBus } from './live/bus.ts'
import { type Markdown, openMarkdown } from './markdown/markdown.ts'
import { forumSecret } from './secret.ts'

/** What every verb and query of a feature stands on, in a request, a job or a command alike. */
export interface Forum {
  config: Config
  /** The key of everything that the forum signs. */
  secret: string
  database: Database
  bus: Bus
  markdown: Markdown
  log: FastifyBaseLogger
  close(): Promise<void>
}

/**
 * Opens the forum on a migrated database.
 * @throws OperatorError when the database does not answer or the data folder cannot be written.
 */
export async function openForum(config: Config, databaseUrl: string, log: FastifyBaseLogger): Promise<Forum> {
  const secret = await forumSecret(config)
  const database = await openDatabase(databaseUrl, config.databasePool)
  const bus = await openBus(databaseUrl, log)
  const markdown = openMarkdown()
  return {
    config,
    secret,
    database,
    bus,
    markdown,
    log,
    async close() {
      await markdown.close()
      await bus.close()
      await database.$client.end()
    },
  }
}
