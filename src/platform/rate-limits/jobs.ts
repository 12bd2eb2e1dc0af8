import { lte } from 'drizzle-orm'
import { attempts } from '../../schema/rate-limits.ts'
import type { FeatureJobs } from '../jobs/jobs.ts'

export const limitJobs: FeatureJobs = {
  tasks: {
    async forget_attempts({ database }) {
      await database.delete(attempts).where(lte(attempts.endsAt, new Date()))
    },
  },
  schedule: ['*/10 * * * * forget_attempts'],
}
