import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../platform/database/database.ts'

/** A condition that the data must always meet. Each subject lists its own; `doctor --deep` checks them. */
export interface Invariant {
  /** The fault in words, for the line «3 threads: …». */
  says: string
  /** Selects one row for each fault. */
  broken: SQL
  /** Corrects the counts. Without it, a person has to look. */
  mend?: SQL
}

/** How many rows break an invariant. */
export async function countBroken(database: Database | Transaction, { broken }: Invariant): Promise<number> {
  const { rows } = await database.execute<{ count: number }>(
    sql`select count(*)::int as count from (${broken}) as broken`,
  )
  return rows[0]?.count ?? 0
}
