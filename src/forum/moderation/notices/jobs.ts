import { sql } from 'drizzle-orm'
import { deleteInSlices } from '../../../platform/database/delete-in-slices.ts'
import type { Jobs } from '../../../platform/jobs/jobs.ts'
import type { Forum } from '../../forum.ts'

/** A notice, and who sent it, is kept for so long after its decision. */
const KEPT_MONTHS = 6

export const noticeJobs: Jobs<Forum> = {
  tasks: {
    forget_notices: ({ database }) =>
      deleteInSlices(
        database,
        'notices',
        sql`case_id in (select id from cases where closed_at < now() - make_interval(months => ${KEPT_MONTHS}::int))`,
      ),
  },
  schedule: ['40 3 * * * forget_notices'],
}
