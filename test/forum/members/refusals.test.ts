import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { digestReader, digestTo, laterOn, queue, send } from '../../support/mail.ts'
import { type Conduct, MailServer } from '../../support/mail-server.ts'
import { linksIn } from '../../support/mailbox.ts'

t.test('an address that refuses mails', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000', RATE_LIMITS: 'on' })
  const { database } = forum
  const { id, person: zoe } = await digestReader(forum, 'zoe')
  const mailed = async (...conducts: Conduct[]) => {
    for (const conduct of conducts) {
      server.conduct.set('zoe', conduct)
      await queue(forum, digestTo(id))
      await send(forum)
    }
    const { rows } = await database.execute<{ refusals: number; paused: boolean }>(sql`
      select refusals, paused_at is not null as paused from email_addresses where member_id = ${id}`)
    return rows[0]
  }

  await t.test('is forgiven with the next one that it takes', async (t) => {
    t.same(await mailed('refuse', 'refuse'), { refusals: 2, paused: false })
    t.same(await mailed('take'), { refusals: 0, paused: false })
    t.same(await mailed('refuse', 'take', 'refuse', 'take', 'refuse'), { refusals: 1, paused: false })
  })

  await t.test('but not where mails come back from somewhere else, whose server takes all of them', async (t) => {
    await database.execute(
      sql`update mails set bounced_at = now() where id = (select max(id) from mails where state = 'sent')`,
    )
    t.same(await mailed('take'), { refusals: 1, paused: false })
    await database.execute(sql`update mails set bounced_at = null`)
  })

  await t.test('and after a month', async (t) => {
    t.same(await mailed('refuse'), { refusals: 2, paused: false })
    await database.execute(sql`update email_addresses set refused_at = now() - interval '31 days'`)
    t.same(await mailed('refuse'), { refusals: 1, paused: false })
  })

  await t.test('rests after three in a row, and its member is told so where they look', async (t) => {
    t.same(await mailed('refuse', 'refuse'), { refusals: 3, paused: true })
    const said = await zoe.post('/settings/email', { action: 'send-preview' })
    t.match((await zoe.get(said.location ?? '')).text('[role=status]'), 'Rien n’a été envoyé')
    server.conduct.set('zoe', 'take')
    await send(forum)
    t.notMatch(
      server.to('zoe@example.org').map(({ mail }) => mail.subject),
      ['[Contrechamp] Les courriels du forum sont arrêtés'],
    )
    await laterOn(forum)
    await send(forum)
    const [mail] = server
      .to('zoe@example.org')
      .map((received) => received.mail)
      .filter(({ subject }) => subject === '[Contrechamp] Les courriels du forum sont arrêtés')
    t.ok(mail)
    t.same(mail && linksIn(mail, forum.origin), ['/settings/email'])
    await zoe.post('/settings/email', { action: 'resume' })
    t.same(await mailed('take'), { refusals: 0, paused: false })
  })

  await t.test('is not told so once its member has resumed', async (t) => {
    await mailed('refuse', 'refuse', 'refuse')
    await zoe.post('/settings/email', { action: 'resume' })
    const before = server.received.length
    server.conduct.set('zoe', 'take')
    await laterOn(forum)
    await send(forum)
    t.equal(server.received.length, before)
  })

  await t.test('a digest that is only looked at is not composed without end', async (t) => {
    let status = 303
    for (let count = 0; count < 25 && status !== 429; count += 1)
      status = (await zoe.get('/settings/email/preview')).status
    t.equal(status, 429)
  })
})
