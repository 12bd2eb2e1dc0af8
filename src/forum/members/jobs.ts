import { earlierClock } from '../../platform/database/clocks.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { forgetIdempotencyKeys, forgetSessions } from './forget.ts'

/** Deletes every hour what is only kept for hours. */
export const accountJobs: Jobs<Forum> = {
  tasks: {
    forget_expired_sessions: async (forum) => forgetSessions(forum, await earlierClock(forum.database)),
    forget_idempotency_keys: async (forum) => forgetIdempotencyKeys(forum, await earlierClock(forum.database)),
  },
  schedule: ['17 * * * * forget_expired_sessions', '27 * * * * forget_idempotency_keys'],
}
