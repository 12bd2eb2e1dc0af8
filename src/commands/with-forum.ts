import { pino } from 'pino'
import { openForum } from '../compose.ts'
import { readConfig } from '../config.ts'
import type { Forum } from '../forum/forum.ts'
import { migrateDatabase } from '../platform/database/migrations.ts'
import { visitDatabase } from '../platform/database/place.ts'
import { loggerOptions } from '../platform/http/logging.ts'

/** Does something with the forum of the settings, whether it is being served at the moment or not. */
export async function withForum(act: (forum: Forum, databaseUrl: string) => Promise<void>): Promise<void> {
  const config = readConfig(process.env)
  await using endings = new AsyncDisposableStack()
  const database = endings.use(await visitDatabase(config))
  await migrateDatabase(database.url)
  const forum = await openForum(config, database.url, pino(loggerOptions('warn')))
  endings.defer(forum.close)
  await act(forum, database.url)
}
