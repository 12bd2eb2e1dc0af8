import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { SWEEP, sweepNotifications } from './sweep.ts'

export const notificationJobs: Jobs<Forum> = {
  tasks: { [SWEEP]: (forum) => sweepNotifications(forum) },
  schedule: [`* * * * * ${SWEEP} ?jobKey=${SWEEP}`],
}
