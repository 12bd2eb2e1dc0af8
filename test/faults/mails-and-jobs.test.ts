import { sql } from 'drizzle-orm'
import t from 'tap'
import { databaseFindings } from '../../src/forum/administration/check-database.ts'
import { runJobs } from '../../src/platform/jobs/jobs.ts'
import { isWhole } from '../support/crowd.ts'
import { startForum, type TestForum } from '../support/forum.ts'
import { correspondents, digestTo, fates, manyDigestReaders, queue, send } from '../support/mail.ts'
import { MailServer } from '../support/mail-server.ts'
import { launchCommand } from '../support/served.ts'
import { threadBy } from '../support/threads.ts'
import { until } from '../support/until.ts'

const MAIL_FROM = 'Contrechamp <forum@forum.example>'
const SECRET = 'le même secret pour tous les processus'
const CONNECTIONS = 2
const READERS = 80

/** Lets minutes pass for the mails: each is tried again when its time has come. */
const passMinutes = ({ database }: TestForum, minutes: number) =>
  database.execute(sql`
    update mails set created_at = created_at - make_interval(mins => ${minutes}::int),
      next_try_at = next_try_at - make_interval(mins => ${minutes}::int)`)

t.test('a mail server that is down for an hour gets each mail once, soon after it is back', async (t) => {
  const down = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: down.url, MAIL_FROM, MAIL_RATE: '1000', MAIL_CONNECTIONS: '2' })
  await down.stop()
  const names = Array.from({ length: 12 }, (_, index) => `lectrice${index}`)
  await queue(forum, ...(await correspondents(forum, ...names)).map((member) => digestTo(member)))
  let minute = 0
  for (; minute < 60; minute += 1) {
    await send(forum)
    await passMinutes(forum, 1)
  }
  const tries = (await fates(forum)).map(({ tries }) => Number(tries))
  t.ok(Math.min(...tries) >= 1 && Math.max(...tries) <= 6, `none is forgotten, none is tried every minute: ${tries}`)

  const back = await MailServer.start(t, down.port)
  for (; back.received.length < names.length && minute < 130; minute += 1) {
    await send(forum)
    await passMinutes(forum, 1)
  }
  t.same(back.received.map(({ to }) => to).sort(), names.map((name) => `${name}@example.org`).sort())
  t.ok(minute <= 125, 'none waits for longer than the hour again')
  t.same(new Set((await fates(forum)).map(({ state }) => state)), new Set(['sent']))
  await isWhole(t, forum.database)
})

t.test('jobs that always fail are named, and hold up no others', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Ada', 'admin')
  let done = 0
  const running = await runJobs(forum, [
    {
      tasks: {
        async poison() {
          throw new Error('No such thing')
        },
        async useful() {
          done += 1
        },
      },
    },
  ])
  t.teardown(() => running.stop())
  const { $client: pool } = forum.database
  await pool.query(`select graphile_worker.add_job('poison', max_attempts := 3) from generate_series(1, 40)`)
  await pool.query(`select graphile_worker.add_job('useful') from generate_series(1, 10)`)
  await until(() => done === 10)
  /** Their times come, sooner than by the clock. */
  const isGivenUp = async () => {
    await pool.query(`
      select graphile_worker.reschedule_jobs(array_agg(id), run_at := now()) from graphile_worker.jobs
      where attempts < max_attempts and locked_by is null and run_at > now()`)
    const { rows } = await pool.query('select from graphile_worker.jobs where attempts < max_attempts')
    return rows.length === 0
  }
  await until(isGivenUp, 20_000)
  const page = await admin.get('/admin/jobs')
  t.match(page.text('.log'), /poison.*abandonnée.*No such thing/)
  t.match((await databaseFindings(forum.database)).findings, [
    {},
    {},
    { kind: 'broken', says: /^40 jobs «poison» have failed for good/ },
  ])
  await pool.query(`select graphile_worker.add_job('useful')`)
  await until(() => done === 11)
})

t.test('a run of digests that is killed half-way, twice, and run again: everybody has exactly one', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SECRET })
  await forum.member('Bob')
  await threadBy(forum, 'Bob', { title: 'Le pont' })
  await manyDigestReaders(forum, READERS)
  const settings = {
    DATABASE_URL: forum.config.databaseUrl ?? '',
    SECRET,
    SMTP_URL: server.url,
    MAIL_FROM,
    MAIL_RATE: '1000',
    MAIL_CONNECTIONS: String(CONNECTIONS),
  }
  const run = () => launchCommand(t, ['digest', '--now'], settings)
  const digests = async () => {
    const { rows } = await forum.database.execute<{ members: number; mails: number }>(sql`
      select count(distinct member_id)::int as members, count(*)::int as mails from mails where kind = 'digest'`)
    return rows[0]
  }
  for (const enough of [1, 30]) {
    const killed = run()
    await until(() => server.received.length >= enough, 30_000)
    await killed.kill()
  }
  const whole = run()
  t.equal(await whole.ended, 0)
  await until(async () => (await fates(forum)).every(({ state }) => state === 'sent'))
  t.same(await digests(), { members: READERS, mails: READERS }, 'one was written to each')
  const copies = Map.groupBy(server.received, ({ to }) => to)
  t.equal(copies.size, READERS, 'and has arrived')
  // SMTP has no way to ask whether a server has a mail: see `send-mail.ts`.
  t.ok([...copies.values()].every((same) => new Set(same.map(({ mail }) => mail.messageId)).size === 1))
  t.ok(server.received.length - READERS <= 2 * CONNECTIONS)
  t.equal(await run().ended, 0)
  t.same(await digests(), { members: READERS, mails: READERS }, 'and nobody has a second one')
  await isWhole(t, forum.database)
})
