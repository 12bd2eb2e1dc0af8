import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { liftEnded } from './lift-sanctions.ts'
import { carryOutPurge } from './purge-member.ts'

export const moderationJobs: Jobs<Forum> = {
  tasks: {
    lift_ended_sanctions: (forum) => liftEnded(forum),
    carry_out_purge: (forum, payload) => carryOutPurge(forum, Object(payload).purge ?? 0),
  },
  schedule: ['*/5 * * * * lift_ended_sanctions'],
}
