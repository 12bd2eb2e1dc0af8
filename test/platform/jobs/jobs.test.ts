import { sql } from 'drizzle-orm'
import pg from 'pg'
import t, { type Test } from 'tap'
import type { Forum } from '../../../src/forum/forum.ts'
import { addJob, type Jobs, runJobs } from '../../../src/platform/jobs/jobs.ts'
import { freeLostJobs } from '../../../src/platform/jobs/lost-jobs.ts'
import { startForum, type TestForum } from '../../support/forum.ts'
import { until } from '../../support/until.ts'

/** What is in the queue: which task, in whose hands, and whether for a day to come. */
async function queued({ database }: TestForum) {
  const { rows } = await database.execute<Record<string, unknown>>(sql`
    select task_identifier as task, locked_by as holder, run_at > now() + interval '1 day' as late
    from graphile_worker.jobs order by id`)
  return rows
}

/** Runs jobs until the test is over. */
async function run(t: Test, forum: TestForum, jobs: Jobs<Forum>) {
  const running = await runJobs(forum, [jobs])
  t.teardown(() => running.stop())
  return running
}

t.test('a job that fails is named in the log, with its cause and without anybody’s words', async (t) => {
  const forum = await startForum(t)
  await run(t, forum, {
    tasks: {
      async speak({ database }, payload) {
        await database.execute(sql`select ${Object(payload).words}::int`)
      },
      async wait() {
        throw new Error('timeout exceeded when trying to connect')
      },
    },
  })
  await addJob(forum.database, 'speak', { words: 'Secret de l’instruction' })
  await addJob(forum.database, 'wait')
  const failures = () =>
    forum.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'a background job failed')
  await until(() => failures().length >= 2)
  const [spoke, waited] = ['speak', 'wait'].map((task) => failures().find((failure) => failure.task === task))
  t.match(spoke, { attempts: 1, err: { type: 'DatabaseError', code: '22P02' } })
  t.match(waited, { err: { message: 'timeout exceeded when trying to connect' } })
  t.notMatch(forum.logged.join('\n'), 'Secret')
})

t.test('jobs end although the pages take every connection', async (t) => {
  const forum = await startForum(t, { DATABASE_POOL: '2' })
  let done = 0
  await run(t, forum, {
    tasks: {
      async count() {
        done += 1
      },
    },
  })
  const busy = await Promise.all([forum.database.$client.connect(), forum.database.$client.connect()])
  const other = new pg.Client({ connectionString: forum.config.databaseUrl ?? '' })
  await other.connect()
  for (let job = 0; job < 5; job += 1) await other.query(`select graphile_worker.add_job('count')`)
  await until(async () => {
    const { rows } = await other.query('select count(*)::int as left from graphile_worker.jobs')
    return done === 5 && rows[0]?.left === 0
  })
  await other.end()
  for (const connection of busy) connection.release()
})

t.test('what the worker’s end leaves undone, the next one does', async (t) => {
  const forum = await startForum(t, { LOG_LEVEL: 'error' })
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
  let begun = 0
  await run(t, forum, {
    tasks: {
      async slow() {
        begun += 1
        if (begun === 1) await mayEnd
      },
    },
  })
  await addJob(forum.database, 'slow')
  await until(() => begun === 1)
  const other = new pg.Client({ connectionString: forum.config.databaseUrl ?? '' })
  await other.connect()
  t.teardown(() => other.end())
  // The end of the job cannot be written down.
  await other.query('alter table graphile_worker._private_jobs rename to hidden')
  end()
  await until(() => forum.logged.some((line) => line.includes('will be started again')))
  await other.query('alter table graphile_worker.hidden rename to _private_jobs')
  await until(async () => (await queued(forum)).length === 0)
  t.equal(begun, 2)
})

t.test('what jobs begin with is done again once the database is back', async (t) => {
  const forum = await startForum(t)
  let times = 0
  await run(t, forum, {
    tasks: {
      async begin() {
        times += 1
      },
    },
    begin: ['begin'],
  })
  /** The connection that hears of new jobs: it holds the lock that shows its process alive. */
  const listening = sql`
    from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and granted and datname = current_database() and application_name = 'contrechamp jobs'`
  await until(async () => {
    const { rows } = await forum.database.execute(sql`select pid ${listening}`)
    return rows.length === 1 && times > 0 && (await queued(forum)).length === 0
  })
  const before = times
  await forum.database.execute(sql`select pg_terminate_backend(pid) ${listening}`)
  await until(() => times > before)
  t.notMatch(forum.logged.join(), 'will be started again', 'the worker lives on')
})

t.test('a job that gets stuck is given back when the forum stops', async (t) => {
  const forum = await startForum(t)
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const running = await runJobs(forum, [
    {
      tasks: {
        stuck() {
          begin()
          return new Promise(() => {})
        },
      },
    },
  ])
  await addJob(forum.database, 'stuck')
  await begun
  await running.stop()
  t.match(await queued(forum), [{ task: 'stuck', holder: null }])
})

t.test('jobs that nobody will end are given back', async (t) => {
  const forum = await startForum(t)
  const { $client: pool } = forum.database
  const job = async (task: string, holder: string | null, more = 'run_at = run_at') => {
    await addJob(forum.database, task)
    await pool.query(
      `update graphile_worker._private_jobs set locked_by = $1, ${more}
       where id = (select max(id) from graphile_worker._private_jobs) returning id`,
      [holder],
    )
    const { rows } = await pool.query<{ id: number }>('select max(id) as id from graphile_worker._private_jobs')
    return String(rows[0]?.id)
  }
  const alive = new pg.Client({ connectionString: forum.config.databaseUrl ?? '' })
  await alive.connect()
  t.teardown(() => alive.end())
  await alive.query('select pg_advisory_lock_shared(7203147, hashtext($1))', ['pool-other'])
  const long = `locked_at = now() - interval '2 minutes'`
  await job('of-the-dead', 'pool-dead', 'locked_at = now()')
  await job('of-the-dead-to-come', 'pool-dead', `locked_at = now() + interval '1 year'`)
  await job('of-another', 'pool-other', long)
  const begun = await job('begun', 'pool-own', long)
  await job('never-heard-of', 'pool-own', long)
  await job('on-its-way', 'pool-own', 'locked_at = now()')
  await job('for-next-year', null, `run_at = now() + interval '1 year'`)
  await job('for-tonight', null, `run_at = now() + interval '6 hours'`)

  await freeLostJobs(pool, { holder: { id: 'pool-own', hasBegun: (id) => id === begun } })
  t.same(await queued(forum), [
    { task: 'of-the-dead', holder: null, late: false },
    { task: 'of-the-dead-to-come', holder: null, late: false },
    { task: 'of-another', holder: 'pool-other', late: false },
    { task: 'begun', holder: 'pool-own', late: false },
    { task: 'never-heard-of', holder: null, late: false },
    { task: 'on-its-way', holder: 'pool-own', late: false },
    { task: 'for-next-year', holder: null, late: false },
    { task: 'for-tonight', holder: null, late: false },
  ])
})
