import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'
import { OperatorError } from '../process/operator-error.ts'
import { Client } from './client.ts'
import type { Database } from './database.ts'
import { type Patience, Pool } from './pool.ts'
import { unreachable } from './unreachable.ts'
import { postgresError } from './unwrapped.ts'

const MIGRATIONS = { migrationsFolder: fileURLToPath(new URL('../../../migrations', import.meta.url)) }

/** Any number, the same in every process of a forum. */
export const MIGRATION_LOCK = 7_203_145

/** Its migrations rewrite tables, which takes as long as it takes. */
const PATIENCE_OF_QUEUE: Patience = { connection: 5_000, statement: 3_600_000 }

const SILENT = new Logger(() => () => {})

const LACKS_MODULES =
  'PostgreSQL lacks its additional modules unaccent and pg_trgm, which search needs: install its package for them (postgresql-contrib).'

/** What PostgreSQL refuses a migration for (its appendix A), in the words of the person who is to mend it. */
const REFUSALS: Record<string, string> = {
  '0A000': LACKS_MODULES,
  '58P01': LACKS_MODULES,
  '42501': 'The user of DATABASE_URL may not create tables: make it the owner of its database.',
  '42P07': 'The database has tables of another program: give the forum a database of its own.',
  '42710': 'The database has types of another program: give the forum a database of its own.',
}
/** In PostgreSQL's appendix A. */
const UNDEFINED_TABLE = '42P01'
const UNDEFINED_SCHEMA = '3F000'
const OLDEST_POSTGRESQL = 15

/**
 * Brings the database up to the schema of this version, and the job queue's own up to its. Processes that start
 * together take turns; each waits for as long as the one before needs, on a connection without the pool's time limit,
 * or until `stop` is aborted.
 * @throws OperatorError when the database does not answer, is too old, is of a newer version of the forum, or is not
 * ours to change.
 */
export async function migrateDatabase(url: string, stop?: AbortSignal): Promise<void> {
  const client = await connectTo(url)
  try {
    await mustBeRecent(client)
    const database = drizzle(client)
    await takeTurn(client, stop)
    await mustBeKnown(client)
    await migrate(database, MIGRATIONS)
    await migrateQueue(url)
  } catch (error) {
    if (stop?.aborted) return
    throw explained(error)
  } finally {
    await client.end()
  }
}

/** Why PostgreSQL refuses a migration, where the operator can mend it; else the error itself. */
export function explained(error: unknown): unknown {
  const refusal = REFUSALS[postgresError(error)?.code ?? '']
  return refusal ? new OperatorError(refusal) : error
}

/**
 * Makes the schema as it was after one migration of this version, in an empty database and in the transaction that the
 * client is in: Drizzle's own commits what it does.
 */
export async function makeSchemaOf(client: Client, newest: number): Promise<void> {
  await client.query('create schema drizzle')
  await client.query(
    'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  )
  for (const { sql: statements, hash, folderMillis } of readMigrationFiles(MIGRATIONS)) {
    if (folderMillis > newest) return
    for (const statement of statements) await client.query(statement)
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      hash,
      folderMillis,
    ])
  }
}

/**
 * Brings the job queue's own schema up to its newest. On a pool of ours: of its own one the queue does not wait for the end, nor
 * hears it then, so that a server which stops right after would end this process.
 */
export async function migrateQueue(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url }, PATIENCE_OF_QUEUE)
  try {
    await runMigrations({ pgPool: pool, logger: SILENT })
  } finally {
    await pool.end()
  }
}

/** When the migrations of this version were made: their order. */
export const knownMigrations = (): number[] => readMigrationFiles(MIGRATIONS).map(({ folderMillis }) => folderMillis)

async function connectTo(url: string): Promise<Client> {
  try {
    const client = new Client({
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

async function takeTurn(client: Client, stop?: AbortSignal): Promise<void> {
  const giveUp = () => client.destroy('the forum stops')
  stop?.addEventListener('abort', giveUp, { once: true })
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
  } finally {
    stop?.removeEventListener('abort', giveUp)
  }
}

/** An older version would seem to work on a newer schema, until somebody writes. */
async function mustBeKnown(client: Client): Promise<void> {
  const newest = await newestMigration(client)
  if (newest === null || knownMigrations().includes(newest)) return
  throw new OperatorError(
    'The database is of a newer version of the forum: start that version, or restore a backup from before the update.',
  )
}

/** When the newest migration that the database has had was made; null before the first one. */
export async function newestMigration(client: Client): Promise<number | null> {
  const applied = client.query<{ newest: number | null }>(
    'select max(created_at) as newest from drizzle.__drizzle_migrations',
  )
  return applied.then(
    ({ rows }) => rows[0]?.newest ?? null,
    (error: unknown) => {
      if (error instanceof pg.DatabaseError && [UNDEFINED_TABLE, UNDEFINED_SCHEMA].includes(error.code ?? ''))
        return null
      throw error
    },
  )
}

export async function mustBeRecent(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
  const reason = whyTooOld(rows[0]?.version ?? '')
  if (reason) throw new OperatorError(reason)
}

/** Why a server of this version does not do; null: it does. */
export function whyTooOld(version: string): string | null {
  if (Number.parseInt(version, 10) >= OLDEST_POSTGRESQL) return null
  return `PostgreSQL ${version} is too old for the forum: set DATABASE_URL to one of version ${OLDEST_POSTGRESQL} or newer.`
}

/** How the schema of a database stands to this version: `none` before the first migration. */
export async function migrationState(database: Database): Promise<'none' | 'older' | 'current' | 'newer'> {
  const { rows: found } = await database.execute<{ there: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`,
  )
  if (!found[0]?.there) return 'none'
  const { rows } = await database.execute<{ newest: number | null }>(
    sql`select max(created_at) as newest from drizzle.__drizzle_migrations`,
  )
  const applied = rows[0]?.newest ?? null
  if (applied === null) return 'none'
  const known = knownMigrations()
  if (!known.includes(applied)) return 'newer'
  return applied === known.at(-1) ? 'current' : 'older'
}

/** When the newest migration of this version was made, by its own account; read once. */
let newest: number | undefined

/** Why nobody can be served with this database; null: all is well. */
export async function whyNotReady(database: Database): Promise<'database' | 'migrations' | 'read-only' | null> {
  newest ??= knownMigrations().at(-1) ?? 0
  const state = await database
    .execute<{ newest: number | null; writable: boolean }>(
      sql`select max(created_at) as newest, current_setting('transaction_read_only') = 'off' as writable
        from drizzle.__drizzle_migrations`,
    )
    .catch(() => null)
  const [found] = state?.rows ?? []
  if (!found) return 'database'
  if ((found.newest ?? 0) < newest) return 'migrations'
  return found.writable ? null : 'read-only'
}
