import { to } from 'pg-copy-streams'
import { Client } from '../database/client.ts'
import { newestMigration } from '../database/migrations.ts'
import { unreachable } from '../database/unreachable.ts'
import { OperatorError } from '../process/operator-error.ts'
import { SAVED_JOBS } from './jobs.ts'
import type { Manifest } from './manifest.ts'
import type { ArchiveWriter, NewPart } from './write-archive.ts'

/** Tables read at once, each on a connection of its own. */
const READERS = 3

/** What is saved of a part, as COPY takes it. */
type Source = NewPart & { copy: string }

/**
 * Saves what the database says at one moment, while others go on writing: all connections read one snapshot. Answers what
 * the manifest says of it. Unlogged tables are left out: they hold what a crash may forget.
 * @throws OperatorError when there is no forum in the database.
 */
export async function saveDatabase(
  url: string,
  archive: ArchiveWriter,
  stop: AbortSignal,
): Promise<Pick<Manifest, 'schema' | 'sequences'>> {
  await using first = await reader(url)
  const schema = await newestMigration(first.client)
  if (schema === null) throw new OperatorError('There is no forum in this database yet: nothing was saved.')
  await first.client.query('begin isolation level repeatable read read only')
  const { rows } = await first.client.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
  const snapshot = rows[0]?.snapshot ?? ''
  const sources = await sourcesIn(first.client)
  const give = new AbortController()
  const signal = AbortSignal.any([stop, give.signal])
  const readers = Array.from({ length: Math.min(READERS, sources.length) }, () =>
    readSources(url, snapshot, sources, archive, signal).catch((error: unknown) => {
      give.abort()
      throw error
    }),
  )
  const ends = await Promise.allSettled(readers)
  stop.throwIfAborted()
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  return { schema, sequences: await sequencesIn(first.client) }
}

/** Takes one source after the other, until all are taken. */
async function readSources(
  url: string,
  snapshot: string,
  sources: Source[],
  archive: ArchiveWriter,
  signal: AbortSignal,
): Promise<void> {
  await using connection = await reader(url)
  const { client } = connection
  await client.query('begin isolation level repeatable read read only')
  await client.query(`set transaction snapshot ${client.escapeLiteral(snapshot)}`)
  for (let source = sources.shift(); source; source = sources.shift()) {
    const { copy, ...part } = source
    const content = client.query(to(`copy ${copy} to stdout (format binary)`))
    await archive.add(part, content, () => content.rowCount, signal)
  }
}

async function reader(url: string): Promise<AsyncDisposable & { client: Client }> {
  const client = new Client({
    connectionString: url,
    application_name: 'contrechamp backup',
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0')
  } catch (error) {
    await client.end().catch(() => {})
    throw unreachable(error)
  }
  return { client, [Symbol.asyncDispose]: () => client.end() }
}

/** The tables, the largest first so that none is left to one reader at the end; and the jobs that wait. */
async function sourcesIn(client: Client): Promise<Source[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    select relname as name, array(
      select attname::text from pg_attribute
      where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns
    from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p'
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
    order by pg_table_size(oid) desc, relname`)
  const tables = rows.map(({ name, columns }): Source => {
    const listed = columns.map((column) => client.escapeIdentifier(column)).join(', ')
    return { kind: 'table', name, columns, copy: `public.${client.escapeIdentifier(name)} (${listed})` }
  })
  return [...tables, { kind: 'jobs', name: 'jobs', copy: `(${SAVED_JOBS})` }]
}

/** Read after the rows, so that none is behind a key that is saved: sequences know no snapshot. */
async function sequencesIn(client: Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `select sequencename as name, last_value::text as value from pg_sequences
     where schemaname = 'public' and last_value is not null order by sequencename`,
  )
  return rows
}
