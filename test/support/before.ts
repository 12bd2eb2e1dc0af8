import { seedBoards } from '../../src/features/boards/seed-boards.ts'
import { openDatabase } from '../../src/platform/database/database.ts'
import { migrateDatabase } from '../../src/platform/database/migrations.ts'
import { unpackChromium } from './chromium.ts'
import { checkGroups } from './groups.ts'
import { addressOf, onTestServer, startTestServer, TEMPLATE } from './test-database.ts'

await checkGroups()
await startTestServer()
await onTestServer(`create database ${TEMPLATE}`)
const template = await addressOf(TEMPLATE)
await migrateDatabase(template)
const database = await openDatabase(template, 1)
await seedBoards(database)
await database.$client.end()
await unpackChromium()
