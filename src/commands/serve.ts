import { pino } from 'pino'
import { readConfig } from '../config.ts'
import { migrateDatabase } from '../platform/database/migrations.ts'
import { keepDatabase } from '../platform/database/place.ts'
import { logDestination, loggerOptions } from '../platform/http/logging.ts'
import { logLastResort } from '../platform/process/last-resort.ts'
import { stopSignal } from '../platform/process/stop-signal.ts'
import { takesNothing } from './takes-nothing.ts'

/**
 * Serves the forum until a signal stops it, then ends everything in the opposite order in which it was started:
 * requests under way, jobs under way, connections, the embedded database.
 */
export async function run(words: string[]): Promise<void> {
  takesNothing('serve', words)
  const config = readConfig(process.env)
  const log = pino(loggerOptions(config.logLevel), logDestination())
  const stop = stopSignal()
  logLastResort(log)
  await using endings = new AsyncDisposableStack()

  const database = endings.use(await keepDatabase(config, log, stop))
  if (stop.aborted) return
  await migrateDatabase(database.url, stop)
  if (stop.aborted) return
  // Loaded last, because it takes longest: a wrong setting is reported before that.
  const { serveForum } = await import('./serve-forum.ts')
  await serveForum(config, database.url, log, stop)
}
