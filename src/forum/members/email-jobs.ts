import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { addressFeedback } from './email-refusals.ts'
import { sendPasswordReset } from './reset-password.ts'

export const emailJobs: Jobs<Forum> = {
  tasks: {
    async send_mails(forum) {
      forum.sending.wake(forum, addressFeedback)
    },
    send_password_reset: (forum, payload) => sendPasswordReset(forum, String(Object(payload).asked)),
  },
  schedule: ['* * * * * send_mails ?jobKey=send_mails'],
  begin: ['send_mails'],
}
