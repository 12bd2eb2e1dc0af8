import { lt, sql } from 'drizzle-orm'
import { addJob, type FeatureJobs } from '../../platform/jobs/jobs.ts'
import { mails } from '../../platform/mail/schema.ts'
import { sendMails } from '../../platform/mail/send-mails.ts'
import { countRefusal } from './addresses.ts'
import { sendPasswordReset } from './reset-password.ts'
import { forgetOldTokens } from './tokens.ts'

const TURN_MILLISECONDS = 5_000

export const emailJobs: FeatureJobs = {
  tasks: {
    /** In turns, so that other jobs come in between while very many are sent. */
    async send_mails(forum) {
      if (await sendMails(forum, countRefusal, TURN_MILLISECONDS)) await addJob(forum.database, 'send_mails')
    },
    send_password_reset: (forum, payload) => sendPasswordReset(forum, String(Object(payload).asked)),
    async forget_mails({ database }) {
      await forgetOldTokens(database)
      await database.delete(mails).where(lt(mails.createdAt, sql`now() - interval '60 days'`))
    },
  },
  schedule: ['* * * * * send_mails', '50 3 * * * forget_mails'],
  begin: ['send_mails'],
}
