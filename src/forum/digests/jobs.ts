import type { FeatureJobs } from '../../platform/jobs/jobs.ts'
import { sendDueDigests } from './send-due.ts'

export const digestJobs: FeatureJobs = {
  tasks: { send_due_digests: (forum) => sendDueDigests(forum) },
  schedule: ['* * * * * send_due_digests ?jobKey=send_due_digests'],
}
