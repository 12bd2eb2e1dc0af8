import { sql } from 'drizzle-orm'
import type { Invariant } from '../invariant.ts'

const reports = sql`(
  (select count(*) from flags where case_id = cases.id) + (select count(*) from notices where case_id = cases.id))`

export const moderationInvariants: readonly Invariant[] = [
  {
    // Notices are forgotten in time, when their case is closed: it then says more than there are.
    says: 'cases with a wrong number of reports',
    broken: sql`select id from cases where closed_at is null and flag_count <> ${reports}`,
    mend: sql`update cases set flag_count = ${reports} where closed_at is null and flag_count <> ${reports}`,
  },
]
