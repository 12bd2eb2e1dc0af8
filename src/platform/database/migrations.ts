import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'
import { OperatorError } from '../../operator-error.ts'
import type { Database } from './database.ts'
import { unreachable } from './unreachable.ts'

const MIGRATIONS = { migrationsFolder: fileURLToPath(new URL('../../../migrations', import.meta.url)) }

/** Any number, the same in every process of a forum. */
const MIGRATION_LOCK = 7_203_145

const SILENT = new Logger(() => () => {})

/** In PostgreSQL's appendix A. */
const INSUFFICIENT_PRIVILEGE = '42501'
const OLDEST_POSTGRESQL = 15

/**
 * Brings the database up to the schema of this version, and the job queue's own up to its. Processes that start
 * together take turns; each waits for as long as the one before needs, on a connection without the pool's time limit.
 * @throws OperatorError when the database does not answer, is too old, or is not ours to change.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = await connectTo(url)
  try {
    await mustBeRecent(client)
    const database = drizzle(client)
    await database.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`)
    await migrate(database, MIGRATIONS)
    await runMigrations({ connectionString: url, logger: SILENT })
  } catch (error) {
    const origin = error instanceof Error && error.cause instanceof Error ? error.cause : error
    if (!(origin instanceof pg.DatabaseError && origin.code === INSUFFICIENT_PRIVILEGE)) throw error
    throw new OperatorError('The user of DATABASE_URL may not create tables: make it the owner of its database.')
  } finally {
    await client.end()
  }
}

async function connectTo(url: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'contrechamp migrate',
      connectionTimeoutMillis: 5_000,
    })
    // A connection that breaks fails the query on it by itself; without a listener it would end the process.
    client.on('error', () => {})
    await client.connect()
    return client
  } catch (error) {
    throw unreachable(error)
  }
}

async function mustBeRecent(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
  const version = rows[0]?.version ?? ''
  if (Number.parseInt(version, 10) >= OLDEST_POSTGRESQL) return
  throw new OperatorError(
    `PostgreSQL ${version} is too old for the forum: set DATABASE_URL to one of version ${OLDEST_POSTGRESQL} or newer.`,
  )
}

/** When the newest migration of this version was made, by its own account; read once. */
let newest: number | undefined

/** Whether the database has had every migration of this version, and lets itself be written to. False where it is away. */
export async function canServe(database: Database): Promise<boolean> {
  newest ??= readMigrationFiles(MIGRATIONS).at(-1)?.folderMillis ?? 0
  const state = await database
    .execute<{ newest: number | null; writable: boolean }>(
      sql`select max(created_at) as newest, current_setting('transaction_read_only') = 'off' as writable
        from drizzle.__drizzle_migrations`,
    )
    .catch(() => null)
  const { newest: applied, writable } = state?.rows[0] ?? { newest: null, writable: false }
  return writable && (applied ?? 0) >= newest
}
