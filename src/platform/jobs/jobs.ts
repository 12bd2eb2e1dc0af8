import { type SQL, sql } from 'drizzle-orm'
import type { FastifyBaseLogger } from 'fastify'
import type { TaskList } from 'graphile-worker'
import type { Database, Transaction } from '../database/database.ts'
import { Pool } from '../database/pool.ts'
import { startClock } from './clock.ts'
import { freeLostJobs } from './lost-jobs.ts'
import { startWorker } from './worker.ts'

/** A background task: what to do with the payload that was added with it. */
export type Task<Context> = (context: Context, payload: unknown) => Promise<void>

/** What one part of the application does in the background: its tasks by name, and those that the clock starts. */
export interface Jobs<Context> {
  tasks: Record<string, Task<Context>>
  /** Lines of a crontab (UTC): «10 3 * * * tidy_sessions». Such a task waits once at the most, however often its time comes. */
  schedule?: string[]
  /** Tasks that a process begins with, also once the database is back: what was left undone. */
  begin?: string[]
}

/** One to hear of new jobs, one for each job that begins or ends at once, and one to spare. */
const CONNECTIONS = 4

export interface RunningJobs extends AsyncDisposable {
  /** Jobs under way have some seconds to end; what has not ended then is given back to the queue. */
  stop(): Promise<void>
}

/** Adds a job in the transaction of the data it speaks of, so that neither is ever there without the other. */
export async function addJob(
  transaction: Database | Transaction,
  task: string,
  payload: Record<string, unknown> = {},
): Promise<void> {
  await transaction.execute(sql`select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json)`)
}

/** The call, for a statement, that adds a job of a task that never runs twice at once: the others come after it. */
export const serialJob = (task: string): SQL => sql`graphile_worker.add_job(${task}::text, '{}'::json, ${task}::text)`

/**
 * Runs all these jobs in this process until they are stopped. The queue has connections of its own, so that
 * busy pages cannot keep jobs from ending.
 */
export async function runJobs<Context extends { database: Database; log: FastifyBaseLogger }>(
  context: Context,
  jobs: readonly Jobs<Context>[],
): Promise<RunningJobs> {
  await using endings = new AsyncDisposableStack()
  const { connectionString } = context.database.$client.options
  const pool = new Pool({ connectionString, max: CONNECTIONS, application_name: 'contrechamp jobs' })
  endings.defer(() => pool.end())
  const taskList: TaskList = {}
  for (const { tasks } of jobs) {
    for (const [name, task] of Object.entries(tasks)) taskList[name] = (payload) => task(context, payload)
  }
  /** While it waits, a job of the clock is replaced by the next: one with a wrong time, or that failed, is healed so. */
  const add = async (task: string, key = task) => {
    await pool.query(`select graphile_worker.add_job($1, '{}'::json, job_key := $2)`, [task, key])
  }

  const addFirst = async () => {
    for (const task of jobs.flatMap(({ begin: tasks = [] }) => tasks)) await add(task)
  }
  const begin = async () => {
    await freeLostJobs(pool)
    await addFirst()
  }

  await begin()
  const worker = endings.use(startWorker(pool, taskList, context.log, begin, addFirst))
  const schedule = jobs.flatMap(({ schedule = [] }) => schedule)
  endings.use(startClock(schedule, add, context.log, () => freeLostJobs(pool, worker)))
  const started = endings.move()
  let stopped: Promise<void> | null = null
  const stop = () => {
    stopped ??= started.disposeAsync()
    return stopped
  }
  return { stop, [Symbol.asyncDispose]: stop }
}
