import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { sendDueDigests } from './send-due.ts'

export const digestJobs: Jobs<Forum> = {
  tasks: { send_due_digests: (forum) => sendDueDigests(forum) },
  schedule: ['* * * * * send_due_digests ?jobKey=send_due_digests'],
}
