import type { Database } from '../database/database.ts'

const MOST_SHOWN = 50

export interface QueuedJob {
  id: string
  task: string
  attempts: number
  runAt: Date
  /** What it failed with, without the values of its query; null: it has not failed. */
  problem: string | null
  /** It is not tried again by itself. */
  givenUp: boolean
}

/** The jobs that have failed or wait, those that are given up first. */
export async function queuedJobs(database: Database): Promise<QueuedJob[]> {
  const { rows } = await database.$client.query<QueuedJob>(
    `select id::text, task_identifier as task, attempts, run_at as "runAt", last_error as problem,
            attempts >= max_attempts as "givenUp"
     from graphile_worker.jobs
     order by attempts >= max_attempts desc, last_error is null, run_at limit $1`,
    [MOST_SHOWN],
  )
  return rows.map((job) => ({ ...job, problem: job.problem && withoutValues(job.problem) }))
}

/** How many jobs wait or are under way, and how many are given up. */
export async function countJobs(database: Database): Promise<{ waiting: number; failed: number }> {
  const { rows } = await database.$client.query<{ waiting: number; failed: number }>(
    `select count(*) filter (where attempts < max_attempts) as waiting,
            count(*) filter (where attempts >= max_attempts) as failed
     from graphile_worker.jobs`,
  )
  return rows[0] ?? { waiting: 0, failed: 0 }
}

/** Tries a job again at once, as if it had never failed. Answers whether it is there and not under way. */
export async function tryAgain(database: Database, id: string): Promise<boolean> {
  const { rows } = await database.$client.query(
    'select from graphile_worker.reschedule_jobs(array[$1::bigint], run_at := now(), attempts := 0)',
    [id],
  )
  return rows.length > 0
}

/** The first line: what follows may hold a person's words. A query that failed is named with its values, so not at all. */
function withoutValues(error: string): string {
  const [line = ''] = error.split('\n', 1)
  return line.startsWith('Failed query') ? 'Failed query' : withoutAddresses(line).slice(0, 200)
}

const withoutAddresses = (line: string): string =>
  line
    .split(' ')
    .map((word) => (word.includes('@') ? '…' : word))
    .join(' ')
