import { sql } from 'drizzle-orm'
import { type Jobs, serialJob } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { sendDue } from './send-due.ts'
import { SEND } from './steps.ts'

export const webhookJobs: Jobs<Forum> = {
  tasks: {
    [SEND]: sendDue,
    /** Queues the job that sends, for messages to try again and for those that a stopped process left. */
    async wake_webhooks({ database }) {
      await database.execute(sql`
        select ${serialJob(SEND)}
        where exists (select from webhook_events)
          or exists (
            select from webhooks
            where off_at is null and quiet_until <= now() and exists (
              select from webhook_deliveries
              where webhook_id = webhooks.id and state = 'queued' and next_try_at <= now()
            )
          )`)
    },
  },
  schedule: ['* * * * * wake_webhooks'],
}
