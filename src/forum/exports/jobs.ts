import { sql } from 'drizzle-orm'
import { type Jobs, serialJob } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { MAKE_EXPORTS } from './ask-export.ts'
import { makeExports } from './make-exports.ts'

export const exportJobs: Jobs<Forum> = {
  tasks: {
    [MAKE_EXPORTS]: makeExports,
    /** Queues the job that makes archives, in case a process stopped before it was done. */
    async wake_exports({ database }) {
      await database.execute(sql`
        select ${serialJob(MAKE_EXPORTS)} where exists (select from data_exports where state = 'asked')`)
    },
  },
  schedule: ['*/10 * * * * wake_exports'],
}
