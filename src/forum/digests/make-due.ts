import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { usernameKey } from '../members/username-key.ts'

/** Makes digests due now, for one member or for all who get digests. Answers for how many members. */
export async function makeDigestsDue(database: Database, member?: string): Promise<number> {
  const { rowCount } = await database.execute(sql`
    update digest_settings set next_at = now()
    from members
    where members.id = digest_settings.member_id and next_at is not null
      and (${member === undefined} or username_key = ${usernameKey(member ?? '')})`)
  return rowCount ?? 0
}
