import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { forgetEndedTokens } from './api/end-tokens.ts'
import { forgetOldKeys } from './api/idempotency-key.ts'
import { sessionAdapter } from './sessions/adapter.ts'

export const accountJobs: Jobs<Forum> = {
  tasks: {
    forget_expired_sessions: ({ database }) => sessionAdapter(database).deleteExpiredSessions(),
    forget_ended_tokens: ({ database }) => forgetEndedTokens(database),
    forget_idempotency_keys: ({ database }) => forgetOldKeys(database),
  },
  schedule: [
    '17 * * * * forget_expired_sessions',
    '37 0 * * * forget_ended_tokens',
    '27 * * * * forget_idempotency_keys',
  ],
}
