import { sql } from 'drizzle-orm'
import type { Database } from '../database/database.ts'

/** Forgets the attempts that count no more, as of a moment. */
export async function forgetAttempts({ database }: { database: Database }, now = new Date()): Promise<void> {
  await database.execute(sql`delete from attempts where ends_at <= ${now.toISOString()}::timestamptz`)
}
