import { lte } from 'drizzle-orm'
import type { FeatureJobs } from '../jobs/jobs.ts'
import { attempts } from './schema.ts'

export const limitJobs: FeatureJobs = {
  tasks: {
    async forget_attempts({ database }) {
      await database.delete(attempts).where(lte(attempts.endsAt, new Date()))
    },
  },
  schedule: ['*/10 * * * * forget_attempts'],
}
