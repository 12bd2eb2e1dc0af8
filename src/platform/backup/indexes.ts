import type { Client } from '../database/client.ts'

interface Definition {
  table: string
  name: string
  definition: string
}

/**
 * Takes all keys, foreign keys and indexes off, and answers what puts them back: built once from all rows they take a part
 * of the time, and each constraint is checked for all rows then.
 */
export async function takeIndexesOff(client: Client): Promise<() => Promise<void>> {
  const constraints = await client.query<Definition & { foreign: boolean }>(`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition,
      contype = 'f' as foreign
    from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f') order by conname`)
  const indexes = await client.query<Definition>(`
    select indrelid::regclass::text as table, indexrelid::regclass::text as name,
      pg_get_indexdef(indexrelid) as definition
    from pg_index join pg_class on pg_class.oid = indexrelid
    where relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint where conindid = indexrelid)
    order by 2`)
  const foreign = constraints.rows.filter((constraint) => constraint.foreign)
  const keys = constraints.rows.filter((constraint) => !constraint.foreign)
  for (const { table, name } of [...foreign, ...keys])
    await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`)

  const add = async ({ table, name, definition }: Definition) => {
    await client.query(`alter table ${table} add constraint ${name} ${definition}`)
  }
  return async () => {
    for (const key of keys) await add(key)
    for (const { definition } of indexes.rows) await client.query(definition)
    for (const key of foreign) await add(key)
  }
}
