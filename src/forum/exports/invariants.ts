import { sql } from 'drizzle-orm'
import type { Invariant } from '../invariant.ts'

export const exportInvariants: readonly Invariant[] = [
  {
    says: 'archives of somebody’s data that are not whole',
    broken: sql`
      select from data_exports
      where state = 'ready' and size <> (
        select coalesce(sum(octet_length(bytes)), 0) from data_export_chunks as chunks
        where chunks.member_id = data_exports.member_id and chunks.run = data_exports.run)`,
  },
]
