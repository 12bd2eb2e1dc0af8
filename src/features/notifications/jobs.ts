import { lt, sql } from 'drizzle-orm'
import type { FeatureJobs } from '../../platform/jobs/jobs.ts'
import { notifications } from './schema.ts'

export const notificationJobs: FeatureJobs = {
  tasks: {
    /** What happened three months ago is no news. */
    async forget_notifications({ database }) {
      await database.delete(notifications).where(lt(notifications.createdAt, sql`now() - interval '90 days'`))
    },
  },
  schedule: ['40 3 * * * forget_notifications'],
}
