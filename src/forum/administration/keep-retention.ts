import { earlierClock } from '../../platform/database/clocks.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'

/**
 * Deletes all that was kept long enough at a moment: see `retention.ts`. When one kind fails, the others are still
 * deleted.
 * @throws AggregateError of all failures.
 */
export async function keepRetention(forum: Forum, now = new Date()): Promise<void> {
  const errors: unknown[] = []
  for (const forget of forum.steps.forgetting) {
    await forget(forum, now).catch((error: unknown) => errors.push(error))
  }
  if (errors.length > 0) throw new AggregateError(errors, 'Not all was forgotten')
}

export const retentionJobs: Jobs<Forum> = {
  tasks: { keep_retention: async (forum) => keepRetention(forum, await earlierClock(forum.database)) },
  schedule: ['45 3 * * * keep_retention'],
}
