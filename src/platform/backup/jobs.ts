import type { Client } from '../database/client.ts'

/**
 * Jobs that wait, run or have failed, in the words of the queue's own `add_job`: its tables are its own business, and may be
 * other ones where they are put back. Each begins anew there.
 */
export const SAVED_JOBS = `
  select identifier, payload::text, queue_name, run_at, max_attempts::int, key, priority::int,
    case when flags is not null then array(select jsonb_object_keys(flags)) end
  from graphile_worker._private_jobs as jobs
  join graphile_worker._private_tasks as tasks on tasks.id = task_id
  left join graphile_worker._private_job_queues as queues on queues.id = job_queue_id
  order by jobs.id`

/** Where COPY puts them, until they are added. */
export const makeRoomForJobs = (client: Client) =>
  client.query(`create temporary table saved_jobs (
    identifier text, payload text, queue_name text, run_at timestamptz, max_attempts int, key text, priority int,
    flags text[]) on commit drop`)

export async function putJobsBack(client: Client): Promise<void> {
  await client.query('delete from graphile_worker._private_jobs')
  await client.query(`
    select graphile_worker.add_job(identifier, payload::json, queue_name, run_at, max_attempts, key, priority, flags)
    from saved_jobs`)
}
