import { sql } from 'drizzle-orm'
import type { Database } from '../database/database.ts'
import { statement } from '../database/statement.ts'

/** Counts of attempts, of all processes together. Each is at a key, which says nothing of whose it is, and ends by itself. */
export interface Attempts {
  /** Counts one more, within so many seconds of the first; and answers how many there were, and for how long they count. */
  count(key: Buffer, seconds: number): Promise<Counted>
  /** Takes one back. */
  uncount(key: Buffer): Promise<void>
  /** Takes all back. */
  forget(key: Buffer): Promise<void>
}

export interface Counted {
  count: number
  /** Until they count no more, in milliseconds. */
  left: number
}

/*
 * Rows of a table `attempts` of the application: `key` (bytea, its primary key), `count` (integer), `ends_at` (timestamptz).
 */

const countAttempt = statement<Counted>(sql`
  insert into attempts as counted (key, count, ends_at)
  values (${sql.placeholder('key')}, 1, now() + make_interval(secs => ${sql.placeholder('seconds')}))
  on conflict (key) do update set
    count = case when counted.ends_at < now() then 1 else counted.count + 1 end,
    ends_at = case when counted.ends_at < now() then excluded.ends_at else counted.ends_at end
  returning count, (1000 * extract(epoch from ends_at - now()))::float8 as "left"`)

const uncountAttempt = statement(sql`
  update attempts set count = greatest(0, count - 1) where key = ${sql.placeholder('key')}`)

const deleteAttempts = statement(sql`delete from attempts where key = ${sql.placeholder('key')}`)

export function attemptsIn(database: Database): Attempts {
  return {
    async count(key, seconds) {
      const [counted] = await countAttempt(database, { key, seconds })
      if (!counted) throw new Error('An insert answered no row')
      return counted
    },
    async uncount(key) {
      await uncountAttempt(database, { key })
    },
    async forget(key) {
      await deleteAttempts(database, { key })
    },
  }
}
