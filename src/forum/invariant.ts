import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../platform/database/database.ts'

/** What must always be so of what the database says. Each subject lists its own; `doctor --deep` asks for them. */
export interface Invariant {
  /** What is wrong where it does not hold, for the line «3 threads: …». */
  says: string
  /** Selects what is wrong, a row each. */
  broken: SQL
  /** Sets counts right; without it, somebody has to look. */
  mend?: SQL
}

/** How many rows break an invariant. */
export async function countBroken(database: Database | Transaction, { broken }: Invariant): Promise<number> {
  const { rows } = await database.execute<{ count: number }>(
    sql`select count(*)::int as count from (${broken}) as broken`,
  )
  return rows[0]?.count ?? 0
}
