import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { sessionAdapter } from './sessions/adapter.ts'

export const accountJobs: Jobs<Forum> = {
  tasks: {
    forget_expired_sessions: ({ database }) => sessionAdapter(database).deleteExpiredSessions(),
  },
  schedule: ['17 * * * * forget_expired_sessions'],
}
