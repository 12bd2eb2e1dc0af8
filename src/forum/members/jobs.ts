import type { FeatureJobs } from '../../platform/jobs/jobs.ts'
import { sessionAdapter } from './sessions/adapter.ts'

export const accountJobs: FeatureJobs = {
  tasks: {
    forget_expired_sessions: ({ database }) => sessionAdapter(database).deleteExpiredSessions(),
  },
  schedule: ['17 * * * * forget_expired_sessions'],
}
