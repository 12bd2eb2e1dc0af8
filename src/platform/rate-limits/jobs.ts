import type { Database } from '../database/database.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { forgetAttempts } from './forget-attempts.ts'

export const limitJobs: Jobs<{ database: Database }> = {
  tasks: {
    forget_attempts: (context) => forgetAttempts(context),
  },
  schedule: ['*/10 * * * * forget_attempts'],
}
