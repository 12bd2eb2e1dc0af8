import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { forgetIdempotencyKeys, forgetSessions } from './forget.ts'

/** What ends within hours need not wait for the night. */
export const accountJobs: Jobs<Forum> = {
  tasks: {
    forget_expired_sessions: (forum) => forgetSessions(forum, new Date()),
    forget_idempotency_keys: (forum) => forgetIdempotencyKeys(forum, new Date()),
  },
  schedule: ['17 * * * * forget_expired_sessions', '27 * * * * forget_idempotency_keys'],
}
