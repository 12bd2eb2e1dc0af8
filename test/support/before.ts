import { glob } from 'node:fs/promises'
import { dirname } from 'node:path'
import { seedBoards } from '../../src/features/boards/seed-boards.ts'
import { openDatabase } from '../../src/platform/database/database.ts'
import { migrateDatabase } from '../../src/platform/database/migrations.ts'
import { unpackChromium } from './chromium.ts'
import { addressOf, onTestServer, startTestServer, TEMPLATE } from './test-database.ts'

const grouped = new Set((await Array.fromAsync(glob('test/**/every.ts'))).map(dirname))
for await (const file of glob('test/*/**/*.test.ts')) {
  const folders = file.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/'))
  const { length } = folders.filter((folder) => grouped.has(folder))
  if (length !== 1) throw new Error(`${file} is run ${length} times: one folder above it should have an every.ts`)
}
await startTestServer()
await onTestServer(`create database ${TEMPLATE}`)
const template = await addressOf(TEMPLATE)
await migrateDatabase(template)
const database = await openDatabase(template, 1)
await seedBoards(database)
await database.$client.end()
await unpackChromium()
