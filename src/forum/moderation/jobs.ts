import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { liftEnded } from './lift-sanctions.ts'

export const moderationJobs: Jobs<Forum> = {
  tasks: { lift_ended_sanctions: (forum) => liftEnded(forum) },
  schedule: ['*/5 * * * * lift_ended_sanctions'],
}
