import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { type EmbeddedDatabase, startEmbedded } from '../../src/platform/database/embedded/embedded.ts'
import { TEMPORARY_FOLDER } from './temporary-folder.ts'

/** The same place for every run of one checkout, so that a run that was killed is cleaned up by the next. */
const checkout = createHash('sha256')
  .update(import.meta.dirname)
  .digest('hex')
  .slice(0, 12)
const FOLDER = join(TEMPORARY_FOLDER, `contrechamp-test-${checkout}`)
const ADDRESS = join(FOLDER, 'address')
const VERSION = join(FOLDER, 'version')

/** A crash of the machine may lose this data, so PostgreSQL need not wait for the disk. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  autovacuum: 'off',
  // Counts in the databases that have made its view, which is one test's.
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track_utility': 'off',
}

/** One server for a whole run of tests; it outlives the process that starts it. */
export async function startTestServer(version: string): Promise<void> {
  await stopTestServer()
  await mkdir(FOLDER, { recursive: true, mode: 0o711 })
  await writeFile(ADDRESS, (await testServer()).url)
  await writeFile(VERSION, version)
}

/** What the server that runs now was made for; null where none answers, or more databases are in it than that. */
export async function testServerMadeFor(mostDatabases: number): Promise<string | null> {
  try {
    const { rows } = await onTestServer('select count(*)::int as count from pg_database')
    return rows[0]?.count > mostDatabases ? null : await readFile(VERSION, 'utf8')
  } catch {
    return null
  }
}

export async function stopTestServer(): Promise<void> {
  if (existsSync(join(FOLDER, 'postgres'))) await (await testServer())[Symbol.asyncDispose]()
  await rm(FOLDER, { recursive: true, force: true })
}

async function testServer(): Promise<EmbeddedDatabase> {
  const server = await startEmbedded(FOLDER, SETTINGS)
  if (!server) throw new Error('The tests of this checkout are running already')
  return server
}

/** Where the shares of a run say which test files are taken. */
export const claimsFolder = (): string => join(FOLDER, 'claims')

/** Where they say which ports are taken. */
export const portsFolder = (): string => join(FOLDER, 'ports')

/** Where the shares of a run write what has failed. */
export const failuresFile = (): string => join(FOLDER, 'failures')

export const TEMPLATE = 'forum_template'

/** The address of a database on the test server, for the server's owner or another role. */
export async function addressOf(database: string, role = 'contrechamp'): Promise<string> {
  const address = await readFile(ADDRESS, 'utf8')
  return address.replace('/contrechamp?', `/${database}?`).replace('user=contrechamp', `user=${role}`)
}

/** Runs one statement as the server's owner, outside any forum's database. */
export async function onTestServer(statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: await addressOf('contrechamp') })
  await client.connect()
  try {
    return await client.query(statement)
  } finally {
    await client.end()
  }
}
