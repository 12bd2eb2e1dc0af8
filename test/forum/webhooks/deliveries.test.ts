import { sql } from 'drizzle-orm'
import t from 'tap'
import { jobs } from '../../../src/compose.ts'
import { sendDue } from '../../../src/forum/webhooks/send-due.ts'
import { MOST_TRIES } from '../../../src/forum/webhooks/waits.ts'
import { runJobs } from '../../../src/platform/jobs/jobs.ts'
import { startReceiver } from '../../support/receiver.ts'
import { serve } from '../../support/served.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'
import { addWebhook, LOOPBACK, later, startWithReceiver, told, types } from '../../support/webhooks.ts'

t.test('a receiver that fails is tried again with the same id, later and later', async (t) => {
  const { forum, receiver, zoe, say } = await startWithReceiver(t)
  await addWebhook(zoe, receiver.origin)
  const { thread } = await threadBy(forum, 'Karim')
  receiver.answer = (_request, response) => response.writeHead(503).end()
  await sendDue(forum)
  await sendDue(forum)
  t.equal(receiver.received.length, 1, 'not before its time')
  await later(forum, '2 minutes')
  await sendDue(forum)
  t.equal(receiver.received.length, 2)
  receiver.answer = (_request, response) => response.end()
  await say(thread.id, 'Encore')
  await later(forum, '6 minutes')
  await sendDue(forum)
  t.same(types(receiver).sort(), ['post.created', 'thread.created', 'thread.created', 'thread.created'], 'all arrive')
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  t.equal(new Set(ids).size, 2)
  const log = await zoe.get('/settings/webhooks/1')
  t.same(log.texts('.deliveries strong'), ['reçu', 'reçu'])
})

t.test('what was never taken is given up, and can be sent again', async (t) => {
  const { forum, receiver, zoe } = await startWithReceiver(t)
  await addWebhook(zoe, receiver.origin)
  await threadBy(forum, 'Karim')
  receiver.answer = (_request, response) => response.writeHead(302, { location: `${receiver.origin}/ailleurs` }).end()
  for (let time = 0; time < MOST_TRIES + 2; time += 1) {
    await sendDue(forum)
    // Less than three days since it began to fail.
    await later(forum, '1 day')
    await forum.database.execute(sql`update webhooks set failing_since = now()`)
  }
  t.equal(receiver.received.length, MOST_TRIES)
  t.notOk(
    receiver.received.some(({ path }) => path === '/ailleurs'),
    'no redirect is followed',
  )
  const log = await zoe.get('/settings/webhooks/1')
  t.match(log.text('.deliveries'), /abandonné · 8 essais · réponse 302/)
  receiver.answer = (_request, response) => response.end()
  const again = await zoe.submit(log, '.deliveries form', {})
  t.equal(again.status, 303)
  await sendDue(forum)
  t.equal(receiver.received.length, MOST_TRIES + 1)
  t.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 1)
  t.match((await zoe.get('/settings/webhooks/1')).text('.deliveries'), /reçu/)
})

t.test('a receiver that has failed for days is left alone, and its member told', async (t) => {
  const { forum, receiver, zoe, say } = await startWithReceiver(t)
  await addWebhook(zoe, receiver.origin)
  const { thread } = await threadBy(forum, 'Karim')
  receiver.answer = (_request, response) => response.writeHead(500).end()
  await sendDue(forum)
  await later(forum, '4 days')
  await sendDue(forum)
  await say(thread.id, 'Encore')
  await later(forum, '4 days')
  await sendDue(forum)
  t.equal(receiver.received.length, 2)
  const notifications = await zoe.get('/notifications')
  t.match(notifications.text('main'), 'Un webhook n’a plus répondu')
  t.equal(notifications.document.querySelector('main li a')?.getAttribute('href'), '/settings/webhooks/1')
  receiver.answer = (_request, response) => response.end()
  await zoe.submit(await zoe.get('/settings/webhooks/1'), '.notice form', {})
  await say(thread.id, 'Et encore')
  await sendDue(forum)
  t.equal(told(receiver).at(-1).data.post.body, 'Et encore')
})

t.test('a receiver that is gone is left alone at once', async (t) => {
  const { forum, receiver, zoe, say } = await startWithReceiver(t)
  await addWebhook(zoe, receiver.origin)
  const { thread } = await threadBy(forum, 'Karim')
  receiver.answer = (_request, response) => response.writeHead(410).end()
  await sendDue(forum)
  await say(thread.id, 'Encore')
  await later(forum, '1 day')
  await sendDue(forum)
  t.equal(receiver.received.length, 1)
})

t.test('receivers that stall hold up nobody else’s, and those of one member take three places of ten', async (t) => {
  const { forum, receiver, zoe, say } = await startWithReceiver(t)
  const stalling = await startReceiver(t)
  stalling.answer = () => {}
  for (let webhooks = 0; webhooks < 5; webhooks += 1) await addWebhook(zoe, `${stalling.origin}/${webhooks}`)
  const person = await forum.member('Inès')
  await addWebhook(person, receiver.origin)
  const { thread } = await threadBy(forum, 'Karim')
  const sending = sendDue(forum)
  await until(() => receiver.received.length === 1 && stalling.received.length === 3)
  await say(thread.id, 'Encore')
  await until(() => receiver.received.length === 2)
  t.equal(stalling.received.length, 3)
  t.notMatch((await zoe.get('/settings/webhooks/1')).text('.deliveries'), /trop lent/, 'while it still stalls')
  stalling.answer = (_request, response) => response.end()
  await sending
  t.match((await zoe.get('/settings/webhooks/1')).text('.deliveries'), /en attente · 1 essai · trop lent/)
})

t.test('new receivers that stall, of however many members, take five places of ten', async (t) => {
  const { forum, receiver, zoe, say } = await startWithReceiver(t)
  await addWebhook(zoe, receiver.origin)
  const { thread } = await threadBy(forum, 'Karim')
  await sendDue(forum)
  const stalling = await startReceiver(t)
  stalling.answer = () => {}
  for (const name of ['Un', 'Deux', 'Trois', 'Quatre']) {
    const member = await forum.member(name)
    for (let webhooks = 0; webhooks < 3; webhooks += 1) await addWebhook(member, `${stalling.origin}/${webhooks}`)
  }
  await say(thread.id, 'Encore')
  const sending = sendDue(forum)
  await until(() => stalling.received.length === 5 && receiver.received.length === 2)
  await say(thread.id, 'Et encore')
  await until(() => receiver.received.length === 3)
  t.equal(stalling.received.length, 5)
  stalling.answer = (_request, response) => response.end()
  await forum.database.execute(sql`delete from webhooks where url like ${`${stalling.origin}%`}`)
  await sending
})

t.test('the job is there with what happened, and two workers send nothing twice', async (t) => {
  const { forum, receiver, zoe } = await startWithReceiver(t)
  await addWebhook(zoe, receiver.origin)
  const { thread } = await threadBy(forum, 'Karim', { replies: 10 })
  await Promise.all([sendDue(forum), sendDue(forum), sendDue(forum)])
  const workers = await Promise.all([runJobs(forum, jobs), runJobs(forum, jobs)])
  t.teardown(() => Promise.all(workers.map((one) => one.stop())))
  await until(() => receiver.received.length >= 11)
  const numbers = told(receiver).map(({ data }) => data.post.number)
  t.same(
    numbers,
    Array.from({ length: 11 }, (_, index) => index + 1),
  )
  await zoe.post(`/threads/${thread.id}/replies`, { body: 'Par le formulaire' })
  await until(() => receiver.received.length === 12)
})

t.test('a message that cannot be signed holds up no other', async (t) => {
  const { forum, receiver, zoe } = await startWithReceiver(t)
  await addWebhook(zoe, receiver.origin)
  await forum.database.execute(sql`update webhooks set secret = 'x'`)
  await addWebhook(await forum.member('Inès'), receiver.origin)
  await threadBy(forum, 'Karim')
  await sendDue(forum)
  t.same(types(receiver), ['thread.created'])
  t.ok(forum.logged.some((line) => line.includes('a webhook could not be sent')))
})

t.test('a process that dies while it sends loses nothing', async (t) => {
  const { forum, receiver, zoe, say } = await startWithReceiver(t)
  await addWebhook(zoe, receiver.origin)
  const { thread } = await threadBy(forum, 'Karim')
  receiver.answer = () => {}
  const dying = await serve(t, {
    ...LOOPBACK,
    DATABASE_URL: forum.config.databaseUrl ?? '',
    SECRET: forum.secret,
  })
  await until(() => receiver.received.length === 1, 20_000)
  await say(thread.id, 'Pendant ce temps')
  await dying.end('SIGKILL')
  receiver.answer = (_request, response) => response.end()
  await later(forum, '2 minutes')
  await sendDue(forum)
  t.same(types(receiver).sort(), ['post.created', 'thread.created', 'thread.created'])
  t.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 2, 'it is known again by its id')
})
