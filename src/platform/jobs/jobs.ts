import { sql } from 'drizzle-orm'
import { Logger, type Runner, run, type TaskList } from 'graphile-worker'
import type { Database, Transaction } from '../database/database.ts'
import type { Forum } from '../forum.ts'

/** A background task of a feature: what to do with the payload that was added with it. */
export type Task = (forum: Forum, payload: unknown) => Promise<void>

/** What a feature does in the background: its tasks by name, and those that the clock starts. */
export interface FeatureJobs {
  tasks: Record<string, Task>
  /** Lines of a crontab (UTC): «10 3 * * * tidy_sessions». */
  schedule?: string[]
  /** Tasks that a process begins with: what one that was killed has left undone. */
  begin?: string[]
}

/** Adds a job in the transaction of the data it speaks of, so that neither is ever there without the other. */
export async function addJob(
  transaction: Database | Transaction,
  task: string,
  payload: Record<string, unknown> = {},
): Promise<void> {
  await transaction.execute(sql`select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json)`)
}

/** Runs the jobs of all features in this process until the runner is stopped; a job under way is finished first. */
export async function runJobs(forum: Forum, features: readonly FeatureJobs[]): Promise<Runner> {
  const taskList: TaskList = {}
  for (const { tasks } of features) {
    for (const [name, task] of Object.entries(tasks)) taskList[name] = (payload) => task(forum, payload)
  }
  const runner = await run({
    pgPool: forum.database.$client,
    taskList,
    crontab: features.flatMap(({ schedule = [] }) => schedule).join('\n'),
    concurrency: 2,
    noHandleSignals: true,
    logger: quietLogger(forum),
  })
  for (const task of features.flatMap(({ begin = [] }) => begin)) await addJob(forum.database, task)
  return runner
}

/** Names of tasks and failures go to the log; payloads and messages, which may quote people, do not. */
function quietLogger({ log }: Forum): Logger {
  return new Logger(({ taskIdentifier }) => (level, _message, meta) => {
    if (level !== 'error' && level !== 'warning') return
    log.error({ task: taskIdentifier ?? null, err: meta?.error }, 'a background job failed')
  })
}
