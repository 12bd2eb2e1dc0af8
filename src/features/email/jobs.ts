import { lt, sql } from 'drizzle-orm'
import type { FeatureJobs } from '../../platform/jobs/jobs.ts'
import { mails } from '../../platform/mail/schema.ts'
import { sendMails } from '../../platform/mail/send-mails.ts'
import { countRefusal } from './addresses.ts'
import { forgetOldTokens } from './tokens.ts'

export const emailJobs: FeatureJobs = {
  tasks: {
    send_mails: (forum) => sendMails(forum, countRefusal),
    async forget_mails({ database }) {
      await forgetOldTokens(database)
      await database.delete(mails).where(lt(mails.createdAt, sql`now() - interval '60 days'`))
    },
  },
  schedule: ['* * * * * send_mails ?jobKey=send_mails', '50 3 * * * forget_mails'],
}
