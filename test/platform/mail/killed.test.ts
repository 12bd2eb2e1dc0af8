import t, { type Test } from 'tap'
import { startForum, type TestForum } from '../../support/forum.ts'
import { correspondents, digestTo, fates, laterOn, queue } from '../../support/mail.ts'
import { MailServer } from '../../support/mail-server.ts'
import { serve } from '../../support/served.ts'
import { until } from '../../support/until.ts'

const MAIL_FROM = 'Contrechamp <forum@forum.example>'
const SECRET = 'le même secret pour tous les processus'
const CONNECTIONS = 4

/** A forum where people write, whose mails are sent by processes of their own. */
async function forumWithPost(t: Test) {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SECRET })
  const settings = {
    DATABASE_URL: forum.config.databaseUrl ?? '',
    SECRET,
    SMTP_URL: server.url,
    MAIL_FROM,
    MAIL_RATE: '1000',
    MAIL_CONNECTIONS: String(CONNECTIONS),
    LOG_LEVEL: 'silent',
  }
  return { server, forum, startSending: () => serve(t, settings) }
}

/** Once the database has let go of a process, what it had in hand is free: no mail waits for its time. */
async function untilAllSent(forum: TestForum, server: MailServer, sent: () => boolean): Promise<void> {
  await server.until(sent)
  await until(async () => (await fates(forum)).every(({ state }) => state === 'sent'))
}

t.test('killed before the server has the mails: each arrives once, from the next process', async (t) => {
  const { server, forum, startSending } = await forumWithPost(t)
  const names = Array.from({ length: 12 }, (_, index) => `lectrice${index}`)
  const members = await correspondents(forum, ...names)
  for (const name of names.slice(-CONNECTIONS)) server.conduct.set(name, 'stall')
  const first = await startSending()
  await queue(forum, ...members.map((member) => digestTo(member)))
  await server.until(() => server.received.length === 8 && server.stalled === CONNECTIONS)
  await until(async () => (await fates(forum)).filter(({ state }) => state === 'sent').length >= 8)
  await first.end('SIGKILL')

  server.conduct.clear()
  await startSending()
  await untilAllSent(forum, server, () => server.received.length >= 12)
  for (const name of names) t.equal(server.to(`${name}@example.org`).length, 1, name)
})

t.test('killed while the server makes up its mind about a whole mail: it is not sent again', async (t) => {
  const { server, forum, startSending } = await forumWithPost(t)
  const [slow = 0, other = 0] = await correspondents(forum, 'lente', 'autre')
  server.conduct.set('lente', 'keep-quiet')
  const first = await startSending()
  await queue(forum, digestTo(slow))
  await server.until(() => server.received.length === 1)
  await until(async () => (await fates(forum))[0]?.state === 'sent')
  await first.end('SIGKILL')

  server.conduct.clear()
  await queue(forum, digestTo(other))
  await startSending()
  await untilAllSent(forum, server, () => server.received.length >= 2)
  t.same(
    server.received.map(({ to }) => to),
    ['lente@example.org', 'autre@example.org'],
  )
})

t.test('killed again and again while hundreds are sent: nobody is left out, and nobody has two mails', async (t) => {
  const { server, forum, startSending } = await forumWithPost(t)
  const [member = 0] = await correspondents(forum, 'toutes')
  const count = 400
  await queue(
    forum,
    ...Array.from({ length: count }, (_, index) => digestTo(member, { address: `lectrice${index}@example.org` })),
  )
  let killed = 0
  for (const enough of [60, 140, 220]) {
    const process = await startSending()
    await server.until(() => server.received.length >= enough)
    await process.end('SIGKILL')
    killed += 1
  }
  await laterOn(forum)
  const [one, other] = await Promise.all([startSending(), startSending()])
  await untilAllSent(forum, server, () => new Set(server.received.map(({ to }) => to)).size === count)
  await Promise.all([one.end('SIGTERM'), other.end('SIGTERM')])

  const copies = Map.groupBy(server.received, ({ to }) => to)
  t.equal(copies.size, count)
  const mails = [...copies.values()].map((same) => new Set(same.map(({ mail }) => mail.messageId)).size)
  t.ok(mails.every((different) => different === 1))
  t.ok(server.received.length - count <= killed * CONNECTIONS, `${server.received.length - count} copies of a mail`)
})
