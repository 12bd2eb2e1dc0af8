import { sql } from 'drizzle-orm'
import type { Database } from '../database/database.ts'
import type { Jobs } from '../jobs/jobs.ts'

export const limitJobs: Jobs<{ database: Database }> = {
  tasks: {
    async forget_attempts({ database }) {
      await database.execute(sql`delete from attempts where ends_at <= now()`)
    },
  },
  schedule: ['*/10 * * * * forget_attempts'],
}
