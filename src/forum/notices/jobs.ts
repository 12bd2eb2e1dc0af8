import { sql } from 'drizzle-orm'
import { deleteInSlices } from '../../platform/database/delete-in-slices.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { SWEEP, sweepNotifications } from './sweep.ts'

export const notificationJobs: Jobs<Forum> = {
  tasks: {
    [SWEEP]: (forum) => sweepNotifications(forum),
    /** What happened three months ago is no news. */
    async forget_notifications({ database }) {
      await deleteInSlices(database, 'notifications', sql`created_at < now() - interval '90 days'`)
      await deleteInSlices(database, 'account_notifications', sql`created_at < now() - interval '90 days'`)
    },
  },
  schedule: [`* * * * * ${SWEEP} ?jobKey=${SWEEP}`, '40 3 * * * forget_notifications'],
}
