import { lt, sql } from 'drizzle-orm'
import type { FeatureJobs } from '../../platform/jobs/jobs.ts'
import { mails } from '../../platform/mail/schema.ts'
import { addressFeedback } from './refusals.ts'
import { sendPasswordReset } from './reset-password.ts'
import { forgetOldTokens } from './tokens.ts'

export const emailJobs: FeatureJobs = {
  tasks: {
    async send_mails(forum) {
      forum.sending.wake(forum, addressFeedback)
    },
    send_password_reset: (forum, payload) => sendPasswordReset(forum, String(Object(payload).asked)),
    async forget_mails({ database }) {
      await forgetOldTokens(database)
      await database.delete(mails).where(lt(mails.createdAt, sql`now() - interval '60 days'`))
    },
  },
  schedule: ['* * * * * send_mails ?jobKey=send_mails', '50 3 * * * forget_mails'],
  begin: ['send_mails'],
}
