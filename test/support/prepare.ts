import { seedBoards } from '../../src/forum/boards/seed-boards.ts'
import { openDatabase } from '../../src/platform/database/database.ts'
import { migrateDatabase } from '../../src/platform/database/migrations.ts'
import { unpackChromium } from './chromium.ts'
import { templateVersion } from './template-version.ts'
import { addressOf, onTestServer, startTestServer, TEMPLATE } from './test-database.ts'

/** Starts a server with the template that each test's database is copied from. */
export async function prepareServer(): Promise<void> {
  await startTestServer(await templateVersion())
  await onTestServer(`create database ${TEMPLATE}`)
  const template = await addressOf(TEMPLATE)
  await migrateDatabase(template)
  const database = await openDatabase(template, 1)
  await seedBoards(database)
  await database.$client.end()
  await unpackChromium()
}
