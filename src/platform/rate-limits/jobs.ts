import { lte } from 'drizzle-orm'
import { attempts } from '../../schema/rate-limits.ts'
import type { Database } from '../database/database.ts'
import type { Jobs } from '../jobs/jobs.ts'

export const limitJobs: Jobs<{ database: Database }> = {
  tasks: {
    async forget_attempts({ database }) {
      await database.delete(attempts).where(lte(attempts.endsAt, new Date()))
    },
  },
  schedule: ['*/10 * * * * forget_attempts'],
}
