import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { addressOf, onTestServer } from './test-database.ts'

/** A database with nothing in it. Answers its address. */
export async function emptyDatabase(): Promise<string> {
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  await onTestServer(`create database ${name}`)
  return addressOf(name)
}

/**
 * What a database says, as one line for each table that is saved: how many rows, and a checksum of all of them. Its keys
 * and indexes, its sequences, and the jobs that wait, are said too.
 */
export async function everyRow(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: tables } = await client.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p' order by 1`,
    )
    const said: Record<string, string> = {}
    for (const { relname } of tables) {
      const { rows } = await client.query(
        `select count(*) || ' rows, ' || coalesce(md5(string_agg(md5(t::text), '' order by t::text collate "C")), '') as line
         from public.${client.escapeIdentifier(relname)} t`,
      )
      said[relname] = rows[0].line
    }
    const more = {
      indexes: `select pg_get_indexdef(indexrelid) from pg_index join pg_class on pg_class.oid = indexrelid
        where relnamespace = 'public'::regnamespace`,
      constraints: `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace`,
      sequences: `select sequencename || ' ' || coalesce(last_value, 0) from pg_sequences where schemaname = 'public'`,
    }
    for (const [name, question] of Object.entries(more)) {
      const { rows } = await client.query({ text: `${question} order by 1`, rowMode: 'array' })
      said[`the ${name}`] = rows.flat().join('\n')
    }
    const { rows: queue } = await client.query(`select to_regclass('graphile_worker.jobs') is not null as there`)
    if (queue[0].there) {
      const { rows } = await client.query(
        `select task_identifier || ' ' || coalesce(key, '') as job from graphile_worker.jobs order by 1`,
      )
      said['the jobs'] = rows.map(({ job }) => job).join('\n')
    }
    return said
  } finally {
    await client.end()
  }
}
