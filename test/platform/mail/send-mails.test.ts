import { sql } from 'drizzle-orm'
import t from 'tap'
import { queueMails } from '../../../src/platform/mail/mail.ts'
import { startForum } from '../../support/forum.ts'
import { correspondents, digestTo, fates, laterOn, queue, send } from '../../support/mail.ts'
import { MailServer } from '../../support/mail-server.ts'

const MAIL_FROM = 'Contrechamp <forum@forum.example>'
/** A server that says nothing for half a second is gone. */
const QUICK = '?connectionTimeout=500&greetingTimeout=500&socketTimeout=500'

t.test('mail to members', async (t) => {
  const server = await MailServer.start(t)
  const settings = { SMTP_URL: server.url + QUICK, MAIL_FROM, MAIL_RATE: '1000' }
  const stateOfAll = async (forum: Parameters<typeof fates>[0]) => (await fates(forum)).map(({ state }) => state)

  t.test('is sent once, and what it said is forgotten', async (t) => {
    const forum = await startForum(t, settings)
    const [zoe = 0] = await correspondents(forum, 'zoe')
    await queue(forum, digestTo(zoe, { uniqueKey: 'lundi' }))
    await queue(forum, digestTo(zoe, { uniqueKey: 'lundi', subject: 'Une autre' }))
    await send(forum)
    await send(forum)
    t.match(server.to('zoe@example.org'), [{ mail: { subject: 'Marseille : 3 sujets, 12 réponses' } }])
    t.same(server.to('zoe@example.org').length, 1)
    t.match(await fates(forum), [{ state: 'sent', forgotten: true, sender: null }])
  })

  t.test('is not there without what it tells of', async (t) => {
    const forum = await startForum(t, settings)
    const [ada = 0] = await correspondents(forum, 'ada')
    await t.rejects(
      forum.database.transaction(async (transaction) => {
        await queueMails(forum, transaction, [digestTo(ada)])
        throw new Error('nothing happened after all')
      }),
    )
    t.same(await fates(forum), [])
    const jobs = await forum.database.execute(
      sql`select from graphile_worker.jobs where task_identifier = 'send_mails'`,
    )
    t.equal(jobs.rowCount, 0)
  })

  t.test('says nothing in the database, where it may hold a link that opens an account', async (t) => {
    const forum = await startForum(t, settings)
    const [eve = 0] = await correspondents(forum, 'eve')
    await queue(forum, digestTo(eve, { text: 'le lien secret', address: 'autre@example.org' }))
    const { rows } = await forum.database.execute(sql`
      select mails::text, encode(letter, 'escape') as letter from mails`)
    t.notMatch(JSON.stringify(rows), /secret|autre/)
    const other = { ...forum, secret: 'un autre secret, et assez long' }
    await send(other)
    t.same(await stateOfAll(forum), ['dropped'], 'nor to anybody, once the secret is another')
  })

  t.test('goes to the address that the member has when it is sent, and to nobody without one', async (t) => {
    const forum = await startForum(t, settings)
    const names = ['moved', 'gone', 'banned', 'paused']
    const ids = await correspondents(forum, ...names)
    const [moved, gone, banned, paused] = ids
    await queue(forum, ...ids.map((id) => digestTo(id)))
    const { database } = forum
    await database.execute(sql`update email_addresses set address = 'here@example.org' where member_id = ${moved}`)
    await database.execute(sql`delete from email_addresses where member_id = ${gone}`)
    await database.execute(sql`update members set banned_at = now() where id = ${banned}`)
    await database.execute(sql`update email_addresses set paused_at = now() where member_id = ${paused}`)
    await send(forum)
    t.same(await stateOfAll(forum), ['sent', 'dropped', 'dropped', 'dropped'])
    t.equal(server.to('here@example.org').length, 1)
    for (const name of names) t.same(server.to(`${name}@example.org`), [])
  })

  t.test('goes first when somebody waits for it, and to a paused address too', async (t) => {
    const forum = await startForum(t, { ...settings, MAIL_CONNECTIONS: '1' })
    const [first = 0, second = 0] = await correspondents(forum, 'premier', 'second')
    await forum.database.execute(sql`update email_addresses set paused_at = now() where member_id = ${second}`)
    await queue(forum, digestTo(first))
    await queue(forum, digestTo(second, { kind: 'account', urgent: true }))
    const before = server.received.length
    await send(forum)
    t.same(
      server.received.slice(before).map(({ to }) => to),
      ['second@example.org', 'premier@example.org'],
    )
  })

  t.test('goes to an address that is still to be confirmed, and to that alone', async (t) => {
    const forum = await startForum(t, settings)
    const [nina = 0] = await correspondents(forum, 'nina')
    server.conduct.set('fausse', 'refuse')
    for (const address of ['nouvelle@example.org', ...Array(3).fill('fausse@example.org')]) {
      await queue(forum, digestTo(nina, { kind: 'account', urgent: true, address }))
    }
    await queue(forum, digestTo(nina))
    await send(forum)
    t.equal(server.to('nouvelle@example.org').length, 1)
    t.equal(server.to('nina@example.org').length, 1, 'that others refuse it says nothing of the member’s own')
  })

  t.test('that is refused for good is not tried again, and after three the address rests', async (t) => {
    const forum = await startForum(t, settings)
    const [unknown = 0] = await correspondents(forum, 'inconnu')
    server.conduct.set('inconnu', 'refuse')
    for (const uniqueKey of ['1', '2', '3', '4']) {
      await queue(forum, digestTo(unknown, { uniqueKey }))
      await send(forum)
    }
    t.same(
      await stateOfAll(forum),
      ['failed', 'failed', 'failed', 'queued', 'dropped'],
      'its member is told so by a mail, later',
    )
    t.notMatch(forum.logged.join('\n'), /inconnu|example\.org|5\.1\.1/, 'the log has no address')
    t.match(forum.logged.join('\n'), /"code":"550"/)
  })

  t.test('that is refused because of who sends it says nothing of the address', async (t) => {
    const forum = await startForum(t, settings)
    const [strict = 0] = await correspondents(forum, 'strict')
    server.conduct.set('strict', 'refuse-as-spam')
    await queue(forum, ...['1', '2', '3', '4'].map((uniqueKey) => digestTo(strict, { uniqueKey })))
    await send(forum)
    t.same(await stateOfAll(forum), ['failed', 'failed', 'failed', 'failed'])
    const { rows } = await forum.database.execute(sql`select refusals, paused_at from email_addresses`)
    t.same(rows, [{ refusals: 0, paused_at: null }])
  })

  for (const conduct of ['refuse-for-now', 'stall', 'drop'] as const) {
    t.test(`that meets a server which does this (${conduct}) is tried later, and others are not kept`, async (t) => {
      const forum = await startForum(t, settings)
      const [slow = 0, other = 0] = await correspondents(forum, conduct, `${conduct}-not`)
      server.conduct.set(conduct, conduct)
      await queue(forum, digestTo(slow), digestTo(other))
      await send(forum)
      t.match((await fates(forum))[0], { state: 'queued', tries: 1, waits: true, sender: null, forgotten: false })
      server.conduct.delete(conduct)
      await laterOn(forum)
      await send(forum)
      t.same(await stateOfAll(forum), ['sent', 'sent'])
      t.equal(server.to(`${conduct}@example.org`).length, 1)
      t.equal(server.to(`${conduct}-not@example.org`).length, 1)
    })
  }

  t.test('that is refused once all of it was sent is tried again, whole', async (t) => {
    const forum = await startForum(t, settings)
    const [late = 0] = await correspondents(forum, 'apres')
    server.conduct.set('apres', 'refuse-data-for-now')
    await queue(forum, digestTo(late))
    await send(forum)
    t.match(await fates(forum), [{ state: 'queued', tries: 1, forgotten: false }])
    server.conduct.delete('apres')
    await laterOn(forum)
    await send(forum)
    t.match(server.to('apres@example.org'), [{ mail: { text: 'Trois sujets.\n' } }])
    t.same(await stateOfAll(forum), ['sent'])
  })

  t.test('that is three days old and still not taken is given up', async (t) => {
    const forum = await startForum(t, settings)
    const [old = 0] = await correspondents(forum, 'old')
    server.conduct.set('old', 'refuse-for-now')
    await queue(forum, digestTo(old))
    await forum.database.execute(sql`update mails set created_at = now() - interval '73 hours'`)
    await send(forum)
    t.match(await fates(forum), [{ state: 'failed', forgotten: false }], 'an admin can send it again')
  })

  t.test('goes over few connections, whoever sends, and each to one', async (t) => {
    const forum = await startForum(t, { ...settings, MAIL_CONNECTIONS: '2' })
    const [many = 0] = await correspondents(forum, 'many')
    const before = server.connections
    await queue(forum, ...Array.from({ length: 50 }, () => digestTo(many)))
    await Promise.all([send(forum), send(forum), send(forum)])
    const sent = server.to('many@example.org')
    t.equal(sent.length, 50)
    t.equal(new Set(sent.map(({ mail }) => mail.messageId)).size, 50)
    t.ok(server.connections - before <= 2, `${server.connections - before} connections`)
  })
})

t.test('a mail server that is away costs few mails a try, and no mail', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_FROM, MAIL_CONNECTIONS: '2', MAIL_RATE: '1000' })
  await server.stop()
  const [away = 0] = await correspondents(forum, 'away')
  await queue(forum, ...Array.from({ length: 20 }, () => digestTo(away)))
  await send(forum)
  const after = await fates(forum)
  t.ok(after.filter(({ tries }) => tries === 1).length <= 6, 'the rest is not even tried')
  t.same(new Set(after.map(({ state }) => state)), new Set(['queued']))
  t.match(forum.logged.join('\n'), 'the mail server does not answer')
})
