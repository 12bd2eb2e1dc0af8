import { once } from 'node:events'
import { createServer } from 'node:net'
import { createTransport } from 'nodemailer'
import t from 'tap'
import { returnedMail } from '../../../src/forum/digests/returned-mail.ts'
import { unsubscribeToken } from '../../../src/forum/members/unsubscribe-token.ts'
import { openInboundSmtp } from '../../../src/platform/mail/inbound-smtp.ts'
import { startForum, type TestForum } from '../../support/forum.ts'
import { freePort } from '../../support/free-port.ts'
import { correspondents, digestTo, fates, queue, send } from '../../support/mail.ts'
import { MailServer } from '../../support/mail-server.ts'
import { command, serve } from '../../support/served.ts'

const SECRET = 'le même secret pour tous les processus'
const BOUNCE_ADDRESS = 'retours@forum.example'

/** A delivery status notification (RFC 3464), as mail servers send it. */
const notice = (to: string, { action = 'failed', status = '5.1.1' } = {}): string =>
  [
    'From: Mail Delivery System <MAILER-DAEMON@mx.example.org>',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'I am sorry to have to inform you.',
    '',
    '--part',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    '',
    'Final-Recipient: rfc822; somebody@example.org',
    `Action: ${action}`,
    `Status: ${status}`,
    '',
    '--part',
    'Content-Type: text/rfc822-headers',
    '',
    'Subject: La lettre',
    'List-Unsubscribe: <mailto:retours+digest-1.0123456789abcdef01234567@forum.example>',
    '',
    '--part--',
    '',
  ].join('\r\n')

const ABSENCE = (to: string) =>
  `To: ${to}\r\nSubject: En vacances\r\nAuto-Submitted: auto-replied\r\n\r\nDe retour lundi.\r\n`

/** Digests that were sent, each with the address that it comes back to. */
async function sentDigests(forum: TestForum, server: MailServer, member: number, count: number): Promise<string[]> {
  const before = server.received.length
  await queue(forum, ...Array.from({ length: count }, () => digestTo(member)))
  await send(forum)
  return server.received.slice(before).map(({ from }) => from)
}

async function isPaused(forum: TestForum, member: number): Promise<boolean> {
  await queue(forum, digestTo(member))
  await send(forum)
  return (await fates(forum)).at(-1)?.state === 'dropped'
}

t.test('mail that comes back', async (t) => {
  const server = await MailServer.start(t)
  const settings = { SMTP_URL: server.url, MAIL_RATE: '1000', SECRET, BOUNCE_ADDRESS, MAIL_FROM: 'forum@forum.example' }
  const forum = await startForum(t, settings)
  const [zoe = 0, bob = 0, ada = 0, eve = 0, nina = 0] = await correspondents(forum, 'zoe', 'bob', 'ada', 'eve', 'nina')
  const own = returnedMail(forum)

  await t.test('three times for good pauses an address, and its member is told so', async (t) => {
    const [one = '', two = '', three = ''] = await sentDigests(forum, server, zoe, 3)
    for (const address of [one, one, one, two]) await own.take(Buffer.from(notice(address)), [address])
    t.equal(await isPaused(forum, zoe), false, 'each mail counts once')
    await own.take(Buffer.from(notice(three)), [three.toUpperCase()])
    t.equal(await isPaused(forum, zoe), true)
    const person = forum.passerBy()
    await person.post('/login', { username: 'zoe', password: 'quatre mots sans rapport' })
    const page = await person.get('/settings/email')
    t.ok(page.document.querySelector('[value=resume]'))
    t.match((await person.get('/notifications')).text('.notice'), 'Cette adresse a refusé plusieurs courriels')
    await person.post('/settings/email', { action: 'resume' })
    t.equal(await isPaused(forum, zoe), false, 'until they say that it works again')
  })

  await t.test('only for now, or with a note of absence, or as spam, counts for nothing', async (t) => {
    const addresses = await sentDigests(forum, server, bob, 9)
    for (const [index, address] of addresses.entries()) {
      const kind = [
        notice(address, { action: 'delayed', status: '4.4.1' }),
        ABSENCE(address),
        notice(address, { status: '5.7.1' }),
      ]
      await own.take(Buffer.from(kind[index % 3] ?? ''), [address])
    }
    t.equal(await isPaused(forum, bob), false)
  })

  await t.test('of an address that was never confirmed says nothing of the one that was', async (t) => {
    const before = server.received.length
    await queue(
      forum,
      ...Array.from({ length: 3 }, () =>
        digestTo(ada, { kind: 'account', urgent: true, address: 'autre@example.org' }),
      ),
    )
    await send(forum)
    for (const { from } of server.received.slice(before)) await own.take(Buffer.from(notice(from)), [from])
    t.equal(await isPaused(forum, ada), false)
  })

  await t.test('cannot be made up', async (t) => {
    const [real = ''] = await sentDigests(forum, server, eve, 1)
    const forged = ['retours@forum.example', 'retours+1.000000000000000000000000@forum.example', 'x@example.org']
    for (const address of [...forged, real.replace(/\d+\./, '1.')]) t.equal(own.has(address), false, address)
    t.equal(own.has(real), true)
  })

  for (const protocol of ['smtp', 'lmtp'] as const) {
    await t.test(`is taken in by ${protocol}, and nothing else is`, async (t) => {
      const port = await freePort()
      const inbound = await openInboundSmtp({ lmtp: protocol === 'lmtp', host: '127.0.0.1', port }, own)
      t.teardown(() => inbound[Symbol.asyncDispose]())
      const transport = createTransport({ host: '127.0.0.1', port, lmtp: protocol === 'lmtp', ignoreTLS: true })
      const member = protocol === 'smtp' ? eve : nina
      const hand = (to: string, raw: string) => transport.sendMail({ envelope: { from: '', to }, raw })
      for (const address of await sentDigests(forum, server, member, 3)) await hand(address, notice(address))
      t.equal(await isPaused(forum, member), true)
      await t.rejects(hand('abonnes@forum.example', notice('abonnes@forum.example')), /550/)
      const [address = ''] = await sentDigests(forum, server, bob, 1)
      const heavy = await hand(address, `${notice(address)}${'a'.repeat(3_000_000)}`).catch((error) => error)
      t.match(
        [heavy.responseCode, heavy.rejectedErrors?.[0]?.responseCode],
        protocol === 'smtp' ? [552] : [undefined, 552],
      )
    })
  }

  await t.test('a mail to where mail programs write stops what it stops', async (t) => {
    await forum.database.execute(
      `insert into digest_settings (member_id, rhythm, next_at) values (${ada}, 'weekly', now())`,
    )
    const address = `retours+${unsubscribeToken(forum, { member: ada, kind: 'digest' })}@forum.example`
    await own.take(Buffer.from('Subject: unsubscribe\r\n\r\n'), [address])
    const { rows } = await forum.database.execute(`select rhythm from digest_settings where member_id = ${ada}`)
    t.same(rows, [{ rhythm: 'never' }])
  })

  await t.test('or is handed to the command, with its addresses or without', async (t) => {
    const DATABASE_URL = forum.config.databaseUrl ?? ''
    const [one = '', two = '', three = ''] = await sentDigests(forum, server, bob, 3)
    const environment = { DATABASE_URL, SECRET, BOUNCE_ADDRESS }
    for (const [words, source] of [
      [[one], notice('somebody@else.example')],
      [[], notice(two)],
      [[], `Delivered-To: ${three}\r\n${notice('Forum <x@y.example>')}`],
    ] as const) {
      t.match(await command(['bounce', ...words], environment, source), { code: 0, printed: '', complaints: '' })
    }
    t.equal(await isPaused(forum, bob), true)
    t.match(await command(['bounce'], environment, 'rien'), { code: 1, complaints: /^contrechamp: Use: bounce/ })
    const away = { ...environment, DATABASE_URL: `postgres://a@127.0.0.1:${await freePort()}/b` }
    t.match(await command(['bounce', one], away, notice(one)), { code: 75 }, 'the mail server keeps it')
  })
})

t.test('a forum that is served listens where it is told to, or says that it cannot', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000', SECRET, BOUNCE_ADDRESS })
  const [member = 0] = await correspondents(forum, 'lise')
  const port = await freePort()
  const settings = { DATABASE_URL: forum.config.databaseUrl ?? '', SECRET, BOUNCE_ADDRESS, WORKER: 'off' }
  await serve(t, { ...settings, BOUNCE_LISTEN: `lmtp://127.0.0.1:${port}` })
  const transport = createTransport({ host: '127.0.0.1', port, lmtp: true, ignoreTLS: true })
  for (const to of await sentDigests(forum, server, member, 3)) {
    await transport.sendMail({ envelope: { from: '', to }, raw: notice(to) })
  }
  t.equal(await isPaused(forum, member), true)

  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.teardown(() => taken.close())
  const { port: takenPort } = Object(taken.address())
  const refused = await command(['serve'], {
    ...settings,
    PORT: String(await freePort()),
    BOUNCE_LISTEN: `smtp://127.0.0.1:${takenPort}`,
  })
  t.match(refused, {
    code: 1,
    complaints: /^contrechamp: BOUNCE_LISTEN 127\.0\.0\.1:\d+ cannot be listened on[^\n]*\n$/,
  })
})
