import { lt, sql } from 'drizzle-orm'
import type { FeatureJobs } from '../../platform/jobs/jobs.ts'
import { mailNotifications } from './mail-notifications.ts'
import { notifications } from './schema.ts'

export const notificationJobs: FeatureJobs = {
  tasks: {
    async mail_notifications(forum, payload) {
      await mailNotifications(forum, Number(Object(payload).member))
    },
    /** What happened three months ago is no news. */
    async forget_notifications({ database }) {
      await database.delete(notifications).where(lt(notifications.createdAt, sql`now() - interval '90 days'`))
    },
  },
  schedule: ['40 3 * * * forget_notifications'],
}
