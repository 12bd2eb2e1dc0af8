import { pino } from 'pino'
import { buildApp } from '../app.ts'
import { type Config, readConfig } from '../config.ts'
import { firstAdminLink } from '../features/accounts/first-admin.ts'
import { seedBoards } from '../features/boards/seed-boards.ts'
import { jobs } from '../jobs.ts'
import { OperatorError } from '../operator-error.ts'
import { migrateDatabase } from '../platform/database/migrations.ts'
import { keepDatabase } from '../platform/database/place.ts'
import { openForum } from '../platform/forum.ts'
import type { App } from '../platform/http/app.ts'
import { logDestination, loggerOptions } from '../platform/http/logging.ts'
import { runJobs } from '../platform/jobs/jobs.ts'
import { stopSignal } from '../platform/stop-signal.ts'

/**
 * Serves the forum until a signal stops it, then ends everything in the opposite order in which it was started:
 * requests under way, jobs under way, connections, the embedded database.
 */
export async function run(): Promise<void> {
  const config = readConfig(process.env)
  const log = pino(loggerOptions(config.logLevel), logDestination())
  const stopped = stopSignal()
  await using endings = new AsyncDisposableStack()

  const database = await keepDatabase(config)
  endings.defer(database.leave)
  await migrateDatabase(database.url)
  const forum = await openForum(config, database.url, log)
  endings.defer(forum.close)
  await seedBoards(forum.database)
  const app = await buildApp(forum)
  await listen(app, config)
  const runner = config.worker ? await runJobs(forum, jobs) : null
  endings.defer(async () => runner?.stop())
  endings.defer(async () => app.close())

  process.stdout.write(`Contrechamp listens on ${config.origin}\n`)
  const link = await firstAdminLink(forum)
  if (link) process.stdout.write(`Nobody administers it yet. Whoever opens this link first does:\n${link}\n`)
  await stopped
}

async function listen(app: App, { port, host }: Config): Promise<void> {
  try {
    await app.listen({ port, host })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EADDRINUSE') {
      throw new OperatorError(
        `Port ${port} on ${host} is taken: stop the program that uses it, or set PORT to another.`,
      )
    }
    if (code === 'EACCES') throw new OperatorError(`Port ${port} needs more rights: set PORT to one above 1023.`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new OperatorError(`HOST ${host} is not an address of this machine.`)
    }
    throw error
  }
}
