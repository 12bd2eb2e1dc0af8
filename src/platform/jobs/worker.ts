import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { Logger, runMigrations, runTaskList, type TaskList, type WorkerPool } from 'graphile-worker'
import { LRUCache } from 'lru-cache'
import type { Pool, PoolClient } from 'pg'
import { type JobHolder, showAlive, showEnded } from './lost-jobs.ts'

const CONCURRENCY = 2
// Milliseconds, like every time here.
const SHORTEST_WAIT = 100
const LONGEST_WAIT = 5_000
/** How often the connection that hears of new jobs must prove that it is alive. */
const HEARTBEAT = 10_000
/** How many begun jobs are remembered. */
const BEGUN = 10_000
/** A job under way has so long to end. Then it goes back to the queue. */
const LONGEST_JOB_AT_STOP = 4_000
const LONGEST_GIVING_BACK = 2_000

export interface Worker extends AsyncDisposable {
  /** Who takes jobs in hand at the moment; null while there is no database. */
  readonly holder: JobHolder | null
}

/**
 * Runs jobs until it is disposed of. Graphile's own worker ends, for good, when the database is away at the moment in
 * which a job ends; then another is started, as often as it takes.
 * @param begin what is done before each of them.
 * @param onBack what is done when one of them has lived through an absence of the database.
 */
export function startWorker(
  pool: Pool,
  tasks: TaskList,
  log: FastifyBaseLogger,
  begin: () => Promise<void>,
  onBack: () => Promise<void>,
): Worker {
  const stop = new AbortController()
  let current: { workers: WorkerPool; holder: JobHolder } | null = null
  const running = keepRunning()

  async function keepRunning(): Promise<void> {
    for (let wait = SHORTEST_WAIT; !stop.signal.aborted; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      const begun = performance.now()
      try {
        await runUntilItEnds()
      } catch (error) {
        if (!stop.signal.aborted) log.error({ err: error }, 'background jobs have stopped, and will be started again')
      }
      if (performance.now() - begun > 2 * LONGEST_WAIT) wait = SHORTEST_WAIT
      await setTimeout(wait * (0.5 + Math.random()), null, { signal: stop.signal }).catch(() => {})
    }
  }

  async function runUntilItEnds(): Promise<void> {
    const logger = queueLogger(log)
    // Where a newer version of the forum has changed the queue, it refuses.
    await runMigrations({ pgPool: pool, logger })
    await begin()
    if (stop.signal.aborted) return
    const begun = new LRUCache<string, true>({ max: BEGUN })
    const events = new EventEmitter()
    events.on('job:start', ({ job }) => begun.set(String(job.id), true))
    let hasListened = false
    events.on('pool:listen:success', ({ client, workerPool }) => {
      keepAlive(client, workerPool.id, events)
      if (hasListened)
        onBack().catch((error: unknown) => log.error({ err: error }, 'jobs to begin with could not be added'))
      hasListened = true
    })
    const workers = runTaskList(
      {
        concurrency: CONCURRENCY,
        noHandleSignals: true,
        logger,
        events,
        // Without batches nobody catches what goes wrong at the end of a job, and Node ends the process.
        preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      },
      tasks,
      pool,
    )
    current = { workers, holder: { id: workers.id, hasBegun: (job) => begun.has(job) } }
    try {
      await workers.promise
    } finally {
      current = null
    }
  }

  /** A connection that fails ends the heartbeat; graphile then takes another. */
  function keepAlive(client: PoolClient, holder: string, events: EventEmitter): void {
    const ignored = () => {}
    // Graphile is about to send its LISTEN: `pg` warns of a second question that waits on a new connection.
    client.once('drain', () => showAlive(client, holder).catch(ignored))
    const heartbeat = setInterval(() => client.query('select 1').catch(ignored), HEARTBEAT)
    client.once('end', () => clearInterval(heartbeat))
    // The connection goes back to the pool, and lives on there.
    events.on('pool:listen:release', ({ client: released }) => {
      if (released !== client) return
      clearInterval(heartbeat)
      // As above, for its UNLISTEN.
      client.once('drain', () => showEnded(client, holder).catch(ignored))
    })
  }

  return {
    get holder() {
      return current?.holder ?? null
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      const ignored = () => {}
      if (current) Promise.resolve(current.workers.gracefulShutdown()).catch(ignored)
      await Promise.race([running, setTimeout(LONGEST_JOB_AT_STOP, null, { ref: false })])
      if (current) Promise.resolve(current.workers.forcefulShutdown('the forum stops')).catch(ignored)
      await Promise.race([running, setTimeout(LONGEST_GIVING_BACK, null, { ref: false })])
    },
  }
}

/**
 * What goes wrong is logged with the name of its task; payloads, and graphile's own messages, which may quote people, are
 * not.
 */
function queueLogger(log: FastifyBaseLogger): Logger {
  return new Logger(() => (level, _message, meta) => {
    if (level !== 'error' && level !== 'warning') return
    const { job, error, fatalError } = Object(meta)
    const { task_identifier: task, attempts } = Object(job)
    if (task) log.error({ task, attempts, err: error ?? fatalError }, 'a background job failed')
    else log.warn({ err: error ?? fatalError }, 'the queue of background jobs has trouble')
  })
}
