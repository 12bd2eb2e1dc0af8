import { sql } from 'drizzle-orm'
import type { Forum } from '../../src/forum/forum.ts'

/** How many connections of a forum's database wait at the moment for what another has locked. */
export async function waitingForLocks({ database }: Pick<Forum, 'database'>): Promise<number> {
  const { rows } = await database.execute(sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
  return rows.length
}
