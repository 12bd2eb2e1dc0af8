import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seedBoards } from '../../src/forum/boards/seed-boards.ts'
import { openDatabase } from '../../src/platform/database/database.ts'
import { migrateDatabase } from '../../src/platform/database/migrations.ts'
import { unpackChromium } from './chromium.ts'
import { addressOf, onTestServer, startTestServer, TEMPLATE, testServerMadeFor } from './test-database.ts'

const ROOT = join(import.meta.dirname, '../..')

/** More databases than this cost memory and disk: the server is then made anew. */
const MOST_DATABASES = 150

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

/** Uses the server of an earlier run where it still fits this checkout, so that one test file starts at once. */
export async function prepareServerOnce(): Promise<void> {
  if ((await testServerMadeFor(MOST_DATABASES)) !== (await templateVersion())) await prepareServer()
}

/** Changes with whatever the template is made from. */
async function templateVersion(): Promise<string> {
  const hash = createHash('sha256')
  const files = await Array.fromAsync(glob(['migrations/*.sql', 'src/**/*boards*.{ts,json}'], { cwd: ROOT }))
  for (const file of files.sort()) hash.update(await readFile(join(ROOT, file)))
  return hash.digest('hex')
}
