import { sql } from 'drizzle-orm'
import t from 'tap'
import { jobs } from '../../../src/compose.ts'
import { addressFeedback } from '../../../src/forum/members/email-refusals.ts'
import { runJobs } from '../../../src/platform/jobs/jobs.ts'
import { startForum } from '../../support/forum.ts'
import { correspondents, digestTo, fates, queue } from '../../support/mail.ts'
import { MailServer } from '../../support/mail-server.ts'
import { until } from '../../support/until.ts'

const STALLING = ['un', 'deux', 'trois', 'quatre', 'cinq', 'six']

t.test('while a mail server says nothing to some', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000' })
  const members = await correspondents(forum, ...STALLING, 'pressee')
  for (const name of STALLING) server.conduct.set(name, 'stall')
  const runner = await runJobs(forum, jobs)
  t.teardown(() => runner.stop().catch(() => {}))
  await queue(forum, ...members.slice(0, STALLING.length).map((member) => digestTo(member)))
  await server.until(() => server.stalled === 4)

  await t.test('a forgotten password is mailed', async () => {
    await queue(forum, digestTo(members.at(-1) ?? 0, { kind: 'account', urgent: true }))
    await server.until(() => server.to('pressee@example.org').length === 1)
  })

  await t.test('other jobs are done, and no jobs of mails pile up', async () => {
    for (const task of ['send_mails', 'send_mails', 'send_mails', 'send_due_digests', 'keep_retention'])
      await forum.database.execute(sql`select graphile_worker.add_job(${task})`)
    await until(async () => {
      const { rows } = await forum.database.execute(sql`select from graphile_worker.jobs`)
      return rows.length === 0
    })
  })

  await t.test('a stop breaks off what is under way, and leaves it to the next process', async (t) => {
    await runner.stop()
    await forum.sending.close()
    forum.sending.wake(forum, addressFeedback)
    const stalled = (await fates(forum)).slice(0, STALLING.length)
    t.same(
      new Set(stalled.map(({ state, tries, forgotten }) => `${state} ${tries} ${forgotten}`)),
      new Set(['queued 0 false']),
    )
  })
})
