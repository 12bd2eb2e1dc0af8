import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import type { Invariant } from '../invariant.ts'

/** Constraints that the database does not enforce. */
const UNKEPT: Invariant = {
  says: 'indexes or foreign keys that PostgreSQL has not made whole: drop and make them again',
  broken: sql`
    select indexrelid from pg_index join pg_class on pg_class.oid = indexrelid
    where relnamespace = 'public'::regnamespace and not (indisvalid and indisready)
    union all
    select oid from pg_constraint where connamespace = 'public'::regnamespace and not convalidated`,
}

/** Invariants of every table, read from the database's catalogue. */
export async function databaseInvariants(database: Database | Transaction): Promise<Invariant[]> {
  return [UNKEPT, ...(await orphans(database)), ...(await nextKeys(database))]
}

interface ForeignKey extends Record<string, unknown> {
  child: string
  parent: string
  columns: string[]
  keys: string[]
}

/** Rows whose foreign key leads nowhere: a disk lost a write, or somebody switched the checks off. */
async function orphans(database: Database | Transaction): Promise<Invariant[]> {
  const { rows } = await database.execute<ForeignKey>(sql`
    select child.relname as child, parent.relname as parent, columns.names as columns, keys.names as keys
    from pg_constraint
    join pg_class as child on child.oid = conrelid
    join pg_class as parent on parent.oid = confrelid,
    lateral (
      select array_agg(attname::text order by place) as names
      from unnest(conkey) with ordinality as key (number, place)
      join pg_attribute on attrelid = conrelid and attnum = key.number) as columns,
    lateral (
      select array_agg(attname::text order by place) as names
      from unnest(confkey) with ordinality as key (number, place)
      join pg_attribute on attrelid = confrelid and attnum = key.number) as keys
    where contype = 'f' and connamespace = 'public'::regnamespace
    order by child.relname, conname`)
  return rows.map(({ child, parent, columns, keys }) => {
    const column = (name: string) => sql`child.${sql.identifier(name)}`
    const same = columns.map((name, index) => sql`parent.${sql.identifier(keys[index] ?? '')} = ${column(name)}`)
    return {
      says: `rows of ${child} whose ${columns.join(' and ')} lead to no row of ${parent}`,
      broken: sql`
        select from ${sql.identifier(child)} as child
        where ${all(columns.map((name) => sql`${column(name)} is not null`))}
          and not exists (select from ${sql.identifier(parent)} as parent where ${all(same)})`,
    }
  })
}

/** A sequence that is behind its table gives an id twice. Then every insert fails. */
async function nextKeys(database: Database | Transaction): Promise<Invariant[]> {
  const { rows } = await database.execute<{ table: string; column: string; sequence: string }>(sql`
    select pg_class.relname as table, attname as column, pg_get_serial_sequence(pg_class.oid::regclass::text, attname) as sequence
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind = 'r' and attidentity <> ''
    order by pg_class.relname`)
  return rows.map(({ table, column, sequence }) => {
    const newest = sql`(select max(${sql.identifier(column)}) from ${sql.identifier(table)})`
    const last = sql`coalesce(pg_sequence_last_value(${sequence}::regclass), 0)`
    return {
      says: `table ${table} that would give a key twice`,
      broken: sql`select where ${newest} > ${last}`,
      mend: sql`select setval(${sequence}::regclass, ${newest})`,
    }
  })
}

const all = (conditions: SQL[]): SQL => sql.join(conditions, sql` and `)
