import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'
import type { Database } from './database.ts'

const MIGRATIONS = { migrationsFolder: fileURLToPath(new URL('../../../migrations', import.meta.url)) }

/** Any number, the same in every process of a forum. */
const MIGRATION_LOCK = 7_203_145

const SILENT = new Logger(() => () => {})

/**
 * Brings the database up to the schema of this version, and the job queue's own up to its. Processes that start together take turns; each waits
 * for as long as the one before needs, on a connection without the pool's time limit.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'contrechamp migrate' })
  await client.connect()
  try {
    const database = drizzle(client)
    await database.execute(sql`select pg_advisory_lock(${MIGRATION_LOCK})`)
    await migrate(database, MIGRATIONS)
    await runMigrations({ connectionString: url, logger: SILENT })
  } finally {
    await client.end()
  }
}

/** Whether the database has had every migration of this version. */
export async function migrationsAreCurrent(database: Database): Promise<boolean> {
  const newest = readMigrationFiles(MIGRATIONS).at(-1)?.folderMillis ?? 0
  const applied = await database
    .execute<{ newest: number | null }>(sql`select max(created_at) as newest from drizzle.__drizzle_migrations`)
    .catch(() => null)
  return (applied?.rows[0]?.newest ?? 0) >= newest
}
