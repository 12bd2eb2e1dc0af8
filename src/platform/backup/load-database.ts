import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { from } from 'pg-copy-streams'
import { Client } from '../database/client.ts'
import {
  explained,
  MIGRATION_LOCK,
  makeSchemaOf,
  migrateQueue,
  mustBeRecent,
  newestMigration,
} from '../database/migrations.ts'
import { unreachable } from '../database/unreachable.ts'
import { OperatorError } from '../process/operator-error.ts'
import type { Encrypt } from './encryption.ts'
import { takeIndexesOff } from './indexes.ts'
import { makeRoomForJobs, putJobsBack } from './jobs.ts'
import type { Part } from './manifest.ts'
import type { ArchiveReader } from './read-archive.ts'

/** PostgreSQL needs at most so long to undo a restore that was killed. */
const LONGEST_UNDOING_MILLISECONDS = 10_000
const BETWEEN_MILLISECONDS = 250

export interface Loading {
  archive: ArchiveReader
  decrypt: Encrypt
}

/** A database that may be filled, and that no forum starts on meanwhile. */
export interface Target extends AsyncDisposable {
  load(loading: Loading): Promise<string[]>
}

/**
 * Looks whether a database may be filled, and changes nothing. Its `load` puts an archive into it in one transaction:
 * whatever stops it half-way, what was there before is there still. It answers the tables of the archive that the forum has
 * no place for.
 * @param replace whether a forum that is there already makes room.
 * @throws OperatorError when a forum runs on the database, or one is in it that is not to be replaced.
 */
export async function openTarget(url: string, replace: boolean): Promise<Target> {
  const client = await connect(url)
  try {
    await mustBeRecent(client)
    await mustBeFree(client)
    await mayBeFilled(client, replace)
  } catch (error) {
    await client.end()
    throw error
  }
  return {
    load: (loading) =>
      loadInto(client, url, loading).catch((error: unknown) => {
        throw explained(error)
      }),
    [Symbol.asyncDispose]: () => client.end(),
  }
}

async function loadInto(client: Client, url: string, loading: Loading): Promise<string[]> {
  await migrateQueue(url)
  await client.query('begin')
  await clear(client)
  await makeSchemaOf(client, loading.archive.manifest.schema)
  const unknown = await fill(client, loading)
  await client.query('commit')
  await client.query('analyze')
  // Others may migrate from now on: we are the first to.
  await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
  return unknown
}

async function connect(url: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: 'contrechamp restore',
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    // Where this program is killed, PostgreSQL ends what it does for it within a second.
    await client.query(`set statement_timeout = 0; set idle_in_transaction_session_timeout = 0;
      set client_connection_check_interval = '1s'; set maintenance_work_mem = '256MB'`)
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw unreachable(error)
  }
}

/** A forum that starts meanwhile waits for its turn to migrate; one that runs is refused. */
async function mustBeFree(client: Client): Promise<void> {
  const end = performance.now() + LONGEST_UNDOING_MILLISECONDS
  for (;;) {
    const { rows } = await client.query<{ locked: boolean; others: string[] }>(
      `select pg_try_advisory_lock($1) as locked, array(
         select distinct application_name from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and application_name like 'contrechamp%') as others`,
      [MIGRATION_LOCK],
    )
    const { locked = false, others = [] } = rows[0] ?? {}
    if (locked && others.length === 0) return
    if (locked) await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
    const isBeingUndone = others.every((name) => name === 'contrechamp restore')
    if (!isBeingUndone || performance.now() > end)
      throw new OperatorError('A forum runs on this database: stop all its processes first. Nothing was changed.')
    await setTimeout(BETWEEN_MILLISECONDS)
  }
}

async function mayBeFilled(client: Client, replace: boolean): Promise<void> {
  const tables = await ownTables(client)
  if (tables.length === 0) return
  if ((await newestMigration(client)) === null)
    throw new OperatorError('The database has tables of another program: give the forum a database of its own.')
  if (!replace)
    throw new OperatorError(
      'There is a forum already: to put the backup in its place, add --replace. Nothing was changed.',
    )
}

/** The tables that no extension brought, ready for SQL. */
async function ownTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select oid::regclass::text as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')`)
  return rows.map(({ name }) => name)
}

/** What migrations make, but for extensions: those may need rights that we lack, and are wanted again. */
async function clear(client: Client): Promise<void> {
  const tables = await ownTables(client)
  if (tables.length > 0) await client.query(`drop table ${tables.join(', ')} cascade`)
  const { rows } = await client.query<{ name: string }>(
    `select oid::regconfig::text as name from pg_ts_config where cfgnamespace = 'public'::regnamespace`,
  )
  for (const { name } of rows) await client.query(`drop text search configuration ${name} cascade`)
  await client.query('drop schema if exists drizzle cascade')
}

async function fill(client: Client, { archive, decrypt }: Loading): Promise<string[]> {
  const tables = await ownTables(client)
  await client.query(`truncate ${tables.join(', ')}`)
  const putIndexesBack = await takeIndexesOff(client)
  await makeRoomForJobs(client)
  const unknown: string[] = []
  for (const part of archive.manifest.parts) {
    const name = client.escapeIdentifier(part.name)
    const isThere = tables.some((table) => table === part.name || table === name)
    if (part.kind === 'table' && !isThere) unknown.push(part.name)
    else if (part.kind === 'table') await copy(client, `public.${name} ${columnsOf(client, part)}`, part)
    else if (part.kind === 'jobs') await copy(client, 'saved_jobs', part)
  }
  for (const { name, value } of archive.manifest.sequences) {
    const sequence = `public.${client.escapeIdentifier(name)}`
    await client.query('select setval(to_regclass($1), $2::bigint)', [sequence, value])
  }
  await putIndexesBack()
  await putJobsBack(client)
  return unknown

  /** Frozen, so that whoever reads a row first need not mark it as committed: that writes every page a second time. */
  async function copy(into: Client, place: string, part: Part): Promise<void> {
    const rows = into.query(from(`copy ${place} from stdin (format binary, freeze)`))
    await pipeline(archive.read(part, decrypt), rows)
    if (rows.rowCount !== part.rows) throw new Error(`${rows.rowCount} rows of ${part.name}, and not ${part.rows}`)
  }
}

const columnsOf = (client: Client, { columns }: Part): string =>
  `(${columns.map((column) => client.escapeIdentifier(column)).join(', ')})`
