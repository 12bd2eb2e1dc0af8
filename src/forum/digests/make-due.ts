import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { usernameKey } from '../members/username.ts'

/** Makes the digests due now, of all members who get any or of one. Answers how many members those are. */
export async function makeDigestsDue(database: Database, member?: string): Promise<number> {
  const { rowCount } = await database.execute(sql`
    update digest_settings set next_at = now()
    from members
    where members.id = digest_settings.member_id and next_at is not null
      and (${member === undefined} or username_key = ${usernameKey(member ?? '')})`)
  return rowCount ?? 0
}
