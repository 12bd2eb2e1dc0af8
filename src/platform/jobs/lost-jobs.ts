import type { Pool, PoolClient } from 'pg'

/** Any number, the same in every process of a forum. */
const LOCKS = 7_203_147

/** Who takes jobs in hand. */
export interface JobHolder {
  /** As the queue knows it. */
  id: string
  /** Whether it has begun a job, and so will end it. */
  hasBegun(job: string): boolean
}

/** Lets all see that a holder of jobs is alive: PostgreSQL keeps the lock for as long as the connection lives. */
export async function showAlive(client: PoolClient, holder: string): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1, hashtext($2))', [LOCKS, holder])
}

export async function showEnded(client: PoolClient, holder: string): Promise<void> {
  await client.query('select pg_advisory_unlock_shared($1, hashtext($2))', [LOCKS, holder])
}

/**
 * Gives jobs back that nobody will end, without which they wait for four hours: those in the hands of a process that
 * has died, those that a holder of ours was given in an answer that never arrived, and those that were planned while
 * the clock was far ahead (no job is planned, or tried again, more than a day later). A job that is given back
 * while it still runs, because its process has just lost its connection, runs twice; all are harmless to repeat.
 */
export async function freeLostJobs(pool: Pool, { holder }: { holder: JobHolder | null } = { holder: null }) {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
     from graphile_worker.jobs
     where locked_by is not null and locked_by is distinct from $2
       and (hashtext(locked_by)::bigint & 4294967295) not in (
         select objid::bigint from pg_locks
         where locktype = 'advisory' and classid = $1 and granted
           and database = (select oid from pg_database where datname = current_database()))`,
    [LOCKS, holder?.id ?? null],
  )
  await pool.query(
    `select graphile_worker.reschedule_jobs(array_agg(id), run_at := now())
     from graphile_worker.jobs where run_at > now() + interval '1 day'`,
  )
  if (!holder) return
  const { rows } = await pool.query<{ id: string }>(
    `select id::text from graphile_worker.jobs
     where locked_by = $1 and locked_at not between now() - interval '1 minute' and now()`,
    [holder.id],
  )
  const lost = rows.map(({ id }) => id).filter((id) => !holder.hasBegun(id))
  if (lost.length === 0) return
  await pool.query(
    `update graphile_worker._private_jobs set locked_by = null, locked_at = null
     where locked_by = $1 and id = any($2::bigint[])`,
    [holder.id, lost],
  )
}
