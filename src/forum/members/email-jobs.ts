import type { Jobs } from '../../platform/jobs/jobs.ts'
import { forgetOldMails } from '../../platform/mail/mail.ts'
import type { Forum } from '../forum.ts'
import { addressFeedback } from './email-refusals.ts'
import { forgetOldTokens } from './email-tokens.ts'
import { sendPasswordReset } from './reset-password.ts'

export const emailJobs: Jobs<Forum> = {
  tasks: {
    async send_mails(forum) {
      forum.sending.wake(forum, addressFeedback)
    },
    send_password_reset: (forum, payload) => sendPasswordReset(forum, String(Object(payload).asked)),
    async forget_mails({ database, config }) {
      await forgetOldTokens(database)
      await forgetOldMails(database, config.dataDir)
    },
  },
  schedule: ['* * * * * send_mails ?jobKey=send_mails', '50 3 * * * forget_mails'],
  begin: ['send_mails'],
}
