import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { migrationState, whyTooOld } from '../../platform/database/migrations.ts'
import { hasAdmin } from '../members/queries.ts'
import { advice, broken, type Finding, fine } from './finding.ts'

const EXTENSIONS = ['unaccent', 'pg_trgm']
const LONGEST_CLOCK_DIFFERENCE_SECONDS = 10

/** Findings about the database that do not need to read all of it, and whether its schema is of this version. */
export async function databaseFindings(database: Database): Promise<{ findings: Finding[]; isCurrent: boolean }> {
  const schema = schemaFinding(await migrationState(database))
  const findings = [...(await server(database)), schema]
  const isCurrent = schema.kind === 'fine'
  if (!isCurrent) return { findings, isCurrent }
  findings.push(...(await extensions(database)), ...(await jobs(database)), ...(await mails(database)))
  findings.push(...(await clock(database)))
  if (!(await hasAdmin(database)))
    findings.push(advice('Nobody administers the forum: open the link that a start prints, or member role NAME admin.'))
  return { findings, isCurrent }
}

function schemaFinding(state: 'none' | 'older' | 'current' | 'newer'): Finding {
  switch (state) {
    case 'none':
      return advice('There is no forum in the database yet: the first start makes it.')
    case 'older':
      return broken(
        'The database is of an older version of the forum: the next start, or migrate, brings it up to this one.',
      )
    case 'newer':
      return broken('The database is of a newer version of the forum: start that version, or restore a backup.')
    case 'current':
      return fine('The database has the schema of this version.')
  }
}

async function server(database: Database): Promise<Finding[]> {
  const { rows } = await database.execute<{ version: string; readOnly: boolean; bytes: number }>(sql`
    select current_setting('server_version') as version, current_setting('transaction_read_only') = 'on' as "readOnly",
      pg_database_size(current_database()) as bytes`)
  const { version = '', readOnly = false, bytes = 0 } = rows[0] ?? {}
  const reason = whyTooOld(version)
  if (reason) return [broken(reason)]
  const reached = fine(`PostgreSQL ${version} answers; the database has ${(Number(bytes) / 1_000_000).toFixed(0)} MB.`)
  return readOnly
    ? [reached, broken('The database takes no writes: make it the primary again, or mend its disk.')]
    : [reached]
}

async function extensions(database: Database): Promise<Finding[]> {
  const { rows } = await database.execute<{ extname: string }>(sql`select extname from pg_extension`)
  const lacking = EXTENSIONS.filter((name) => !rows.some(({ extname }) => extname === name))
  return lacking.map((name) =>
    broken(`The database lacks the extension ${name}, which search needs: create extension ${name}`),
  )
}

async function jobs(database: Database): Promise<Finding[]> {
  const { rows } = await database.execute<{ task: string; failed: number; retried: number; late: number }>(sql`
    select task_identifier as task,
      count(*) filter (where attempts >= max_attempts and locked_at is null)::int as failed,
      count(*) filter (where attempts < max_attempts and last_error is not null)::int as retried,
      count(*) filter (where attempts < max_attempts and locked_at is null and run_at < now() - interval '1 hour')::int as late
    from graphile_worker.jobs group by 1 order by 1`)
  const findings = rows.flatMap(({ task, failed, retried, late }) => [
    ...(failed ? [broken(`${failed} jobs «${task}» have failed for good: look into the log for why.`)] : []),
    ...(retried
      ? [advice(`${retried} jobs «${task}» have failed, and are tried again: look into the log for why.`)]
      : []),
    ...(late
      ? [advice(`${late} jobs «${task}» have waited for more than an hour: is a process with WORKER=on running?`)]
      : []),
  ])
  return findings.length > 0 ? findings : [fine('No background job has failed or waits for long.')]
}

async function mails(database: Database): Promise<Finding[]> {
  const { rows } = await database.execute<{ late: number; failed: number }>(sql`
    select count(*) filter (where state = 'queued' and created_at < now() - interval '1 hour')::int as late,
      count(*) filter (where state = 'failed' and created_at > now() - interval '7 days')::int as failed
    from mails`)
  const { late = 0, failed = 0 } = rows[0] ?? {}
  return [
    ...(late ? [advice(`${late} mails have waited for more than an hour.`)] : []),
    ...(failed ? [advice(`${failed} mails of the last seven days could not be sent.`)] : []),
  ]
}

/** Sessions, links and limits go wrong when the clocks of the two machines differ. */
async function clock(database: Database): Promise<Finding[]> {
  const before = Date.now()
  const { rows } = await database.execute<{ now: number; ahead: boolean }>(sql`
    select extract(epoch from clock_timestamp())::float8 * 1000 as now,
      exists (select from posts where created_at > clock_timestamp() + interval '1 minute') as ahead`)
  const { now = before, ahead = false } = rows[0] ?? {}
  const seconds = Math.max(before - now, now - Date.now()) / 1_000
  const findings: Finding[] = []
  if (seconds > LONGEST_CLOCK_DIFFERENCE_SECONDS)
    findings.push(
      broken(`The clocks of this machine and of the database differ by ${seconds.toFixed(0)} s: set both by NTP.`),
    )
  if (ahead) findings.push(advice('There are posts from the future: the clock is wrong, or was.'))
  return findings.length > 0 ? findings : [fine('The clocks agree.')]
}
