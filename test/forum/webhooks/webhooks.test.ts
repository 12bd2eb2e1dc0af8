import { sql } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import t, { type Test } from 'tap'
import { jobs } from '../../../src/compose.ts'
import { deletePost } from '../../../src/forum/discussion/delete-post.ts'
import { editPost } from '../../../src/forum/discussion/edit-post.ts'
import { removeThread, restoreThread } from '../../../src/forum/discussion/remove-thread.ts'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { sendDue } from '../../../src/forum/webhooks/send-due.ts'
import { MOST_TRIES } from '../../../src/forum/webhooks/waits.ts'
import { runJobs } from '../../../src/platform/jobs/jobs.ts'
import { startForum, type TestForum } from '../../support/forum.ts'
import type { Person } from '../../support/person.ts'
import { type Receiver, startReceiver } from '../../support/receiver.ts'
import { ban, unban } from '../../support/sanctions.ts'
import { serve } from '../../support/served.ts'
import { idOf, threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

const LOOPBACK = { WEBHOOK_NETWORKS: '127.0.0.0/8' }
const ALL = ['thread', 'reply', 'edit', 'deletion']

/** Somebody adds a webhook in the settings. Answers its secret. */
async function add(person: Person, url: string, fields: Record<string, string | string[]> = {}): Promise<string> {
  const page = await person.post('/settings/webhooks', { url, events: ALL, city: '', technology: '', ...fields })
  if (page.status !== 200) throw new Error(`The form came back: ${page.text('.problem')}`)
  return page.text('[data-secret]')
}

const told = ({ received }: Receiver) => received.map(({ body }) => JSON.parse(body))
const types = (receiver: Receiver) => told(receiver).map(({ type }) => type)

/** As if so much time had gone by since everything that is queued was last tried. */
const later = (forum: TestForum, interval: string) =>
  forum.database.execute(sql`
    with hooks as (
      update webhooks set quiet_until = quiet_until - ${interval}::interval, failing_since = failing_since - ${interval}::interval
    )
    update webhook_deliveries set next_try_at = next_try_at - ${interval}::interval`)

async function start(t: Test) {
  const forum = await startForum(t, LOOPBACK)
  const receiver = await startReceiver(t)
  const zoe = await forum.member('Zoé')
  await forum.member('Karim')
  const karim = { id: await idOf(forum, 'Karim'), role: 'member', language: 'fr' } as const
  const say = (thread: number, body: string) => replyToThread(forum, { thread, author: karim, body })
  return { forum, receiver, zoe, karim, say }
}

t.test('a webhook is told what happens, in order and signed', async (t) => {
  const { forum, receiver, zoe, karim, say } = await start(t)
  const secret = await add(zoe, `${receiver.origin}/in`)
  const { thread, id } = await threadBy(forum, 'Karim', { title: 'Relevé', body: 'Bonjour', boards: ['nice'] })
  const reply = await say(thread.id, 'Une **réponse**')
  await editPost(forum, { post: id, member: karim, body: 'Bonjour à tous' })
  await sendDue(forum)
  t.same(types(receiver), ['thread.created', 'post.created', 'post.edited'])
  const [created, replied] = told(receiver)
  t.match(created.data, {
    thread: {
      id: thread.id,
      title: 'Relevé',
      boards: ['nice'],
      url: `${forum.origin}/threads/${thread.id}/${thread.slug}`,
    },
    post: { id, number: 1, author: 'Karim', body: 'Bonjour à tous' },
  })
  t.match(replied.data.post, { id: reply.id, number: 2, body: 'Une **réponse**' })
  for (const { body, headers } of receiver.received) {
    t.ok(new Webhook(secret).verify(body, headers as Record<string, string>))
    t.throws(() => new Webhook(secret).verify(`${body} `, headers as Record<string, string>))
  }

  await deletePost(forum, reply.id, karim, null)
  await removeThread(forum, thread.id, { by: karim.id, reason: 'secret' })
  await restoreThread(forum, thread.id, { by: karim.id, reason: null })
  receiver.received.length = 0
  await sendDue(forum)
  t.same(types(receiver), ['post.deleted', 'thread.removed', 'thread.restored'])
  t.match(told(receiver)[0].data.post, { number: 2, deleted: true })
  t.notMatch(JSON.stringify(told(receiver)), /réponse|secret/)
})

t.test('what is out of sight when it is sent is not told', async (t) => {
  const { forum, receiver, zoe, karim, say } = await start(t)
  await add(zoe, receiver.origin)
  const { thread } = await threadBy(forum, 'Karim', { title: 'Un titre à taire', body: 'Des mots à taire' })
  const reply = await say(thread.id, 'Des mots à taire')
  await deletePost(forum, reply.id, karim, null)
  await removeThread(forum, thread.id, { by: karim.id, reason: null })
  await sendDue(forum)
  t.same(types(receiver), ['thread.created', 'post.created', 'post.deleted', 'thread.removed'])
  t.notMatch(JSON.stringify(receiver.received), /taire|Karim/)
})

t.test('a webhook is told of its place and its kinds only', async (t) => {
  const { forum, receiver, zoe, say } = await start(t)
  await add(zoe, `${receiver.origin}/nice`, { events: 'thread', city: 'nice' })
  await add(zoe, `${receiver.origin}/crossing`, { events: ['thread', 'reply'], city: 'nice', technology: 'big-data' })
  const both = await threadBy(forum, 'Karim', { title: 'Les deux', boards: ['nice', 'big-data'] })
  await threadBy(forum, 'Karim', { title: 'Nice seule', boards: ['nice'] })
  await threadBy(forum, 'Karim', { title: 'Ailleurs', boards: ['marseille', 'big-data'] })
  await say(both.thread.id, 'Oui')
  await sendDue(forum)
  const told = (path: string) =>
    receiver.received.filter((one) => one.path === path).map(({ body }) => JSON.parse(body))
  t.same(
    told('/nice').map(({ data }) => data.thread.title),
    ['Les deux', 'Nice seule'],
  )
  t.same(
    told('/crossing').map(({ type }) => type),
    ['thread.created', 'post.created'],
  )
})

t.test('flags are told to moderators only, without who flagged or why', async (t) => {
  const { forum, receiver, zoe } = await start(t)
  t.equal((await zoe.post('/settings/webhooks', { url: `${receiver.origin}/zoe`, events: 'flag' })).status, 422)
  await add(zoe, `${receiver.origin}/zoe`, { events: ['flag', 'reply'] })
  const ines = await forum.member('Inès', 'moderator')
  await add(ines, `${receiver.origin}/ines`, { events: 'flag' })
  const { id } = await threadBy(forum, 'Karim')
  const flag = { reason: 'spam', note: 'Mots de Zoé' }
  await zoe.post(`/posts/${id}/flag`, flag)
  await zoe.post(`/posts/${id}/flag`, flag)
  await sendDue(forum)
  t.match(told(receiver), [{ type: 'post.flagged', data: { post: { id, author: 'Karim' } } }])
  t.same(
    receiver.received.map(({ path }) => path),
    ['/ines'],
  )
  t.notMatch(JSON.stringify(receiver.received), /spam|Zoé/)
  await (await forum.member('Omar')).post(`/posts/${id}/flag`, flag)
  await forum.database.execute(sql`update members set role = 'member' where username = 'Inès'`)
  await sendDue(forum)
  t.equal(receiver.received.length, 1, 'nor to who is a moderator no more')
})

t.test('where no webhook is told, nothing is written', async (t) => {
  const { forum, receiver, zoe } = await start(t)
  await add(zoe, receiver.origin, { events: 'deletion' })
  await threadBy(forum, 'Karim', { replies: 2 })
  const { rows } = await forum.database.execute(sql`
    select (select count(*) from webhook_events)::int as events,
      (select count(*) from graphile_worker.jobs where task_identifier = 'send_webhooks')::int as jobs`)
  t.same(rows, [{ events: 0, jobs: 0 }])
})

t.test('a receiver that fails is tried again with the same id, later and later', async (t) => {
  const { forum, receiver, zoe, say } = await start(t)
  await add(zoe, receiver.origin)
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
  const { forum, receiver, zoe } = await start(t)
  await add(zoe, receiver.origin)
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
  const { forum, receiver, zoe, say } = await start(t)
  await add(zoe, receiver.origin)
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
  const { forum, receiver, zoe, say } = await start(t)
  await add(zoe, receiver.origin)
  const { thread } = await threadBy(forum, 'Karim')
  receiver.answer = (_request, response) => response.writeHead(410).end()
  await sendDue(forum)
  await say(thread.id, 'Encore')
  await later(forum, '1 day')
  await sendDue(forum)
  t.equal(receiver.received.length, 1)
})

t.test('a receiver that stalls holds up nobody else’s', async (t) => {
  const { forum, receiver, zoe } = await start(t)
  const stalling = await startReceiver(t)
  stalling.answer = () => {}
  await add(zoe, stalling.origin)
  const person = await forum.member('Inès')
  await add(person, receiver.origin)
  await threadBy(forum, 'Karim')
  const sending = sendDue(forum)
  await until(() => receiver.received.length === 1 && stalling.received.length === 1)
  stalling.answer = (_request, response) => response.end()
  await sending
  t.match((await zoe.get('/settings/webhooks/1')).text('.deliveries'), /en attente · 1 essai · trop lent/)
})

t.test('a banned member’s webhooks stop, and go on when the ban is over', async (t) => {
  const { forum, receiver, zoe } = await start(t)
  await add(zoe, receiver.origin)
  await threadBy(forum, 'Karim', { title: 'Avant' })
  await ban(forum, 'Zoé')
  await threadBy(forum, 'Karim', { title: 'Pendant' })
  await sendDue(forum)
  t.same(receiver.received, [])
  await unban(forum, 'Zoé')
  await threadBy(forum, 'Karim', { title: 'Après' })
  await sendDue(forum)
  t.same(
    told(receiver).map(({ data }) => data.thread.title),
    ['Après'],
  )
})

t.test('the job is there with what happened, and two workers send nothing twice', async (t) => {
  const { forum, receiver, zoe } = await start(t)
  await add(zoe, receiver.origin)
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
  const { forum, receiver, zoe } = await start(t)
  await add(zoe, receiver.origin)
  await forum.database.execute(sql`update webhooks set secret = 'x'`)
  await add(await forum.member('Inès'), receiver.origin)
  await threadBy(forum, 'Karim')
  await sendDue(forum)
  t.same(types(receiver), ['thread.created'])
  t.ok(forum.logged.some((line) => line.includes('a webhook could not be sent')))
})

t.test('a process that dies while it sends loses nothing', async (t) => {
  const { forum, receiver, zoe, say } = await start(t)
  await add(zoe, receiver.origin)
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

t.test('the settings', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const form = (url: string, fields = {}) => zoe.post('/settings/webhooks', { url, events: 'reply', ...fields })

  t.test('refuse addresses that nothing is sent to, and keep what was typed', async (t) => {
    for (const url of [
      ...[
        'http://127.0.0.1:9000/',
        'http://localhost:9000',
        'http://[::1]/',
        'http://10.0.0.1',
        'http://169.254.169.254/',
      ],
      ...[
        'http://0x7f000001/',
        'http://[::ffff:10.0.0.1]/',
        'ftp://exemple.org',
        'https://u:p@exemple.org',
        'pas une adresse',
      ],
      ...[
        'https://abc.onion/',
        'https://abc.onion./',
        'http://localhost.:8080/',
        'https://routeur.local/',
        'https://exemple.org:25/',
        'http://machine/',
      ],
    ]) {
      const page = await form(url, { city: 'nice' })
      t.equal(page.status, 422, url)
      t.match(page.text('#url-problem'), 'Rien ne peut être envoyé')
      t.same(page.fields('form.sheet'), { url: [url], events: ['reply'], city: ['nice'], technology: [''] })
    }
    t.equal(
      (await form('https://exemple.org', { events: [] })).text('#events-problem'),
      'Choisir au moins une sorte d’événement.',
    )
    t.equal((await form('https://exemple.org', { city: 'atlantide' })).status, 422)
    t.equal((await form('https://exemple.org', { city: 'big-data' })).status, 422)
  })

  t.test('show a secret once, and take five webhooks however many are sent at once', async (t) => {
    const pages = await Promise.all(Array.from({ length: 8 }, (_, index) => form(`https://exemple.org/${index}`)))
    t.same(pages.map(({ status }) => status).sort(), [200, 200, 200, 200, 200, 422, 422, 422])
    const secret = pages.find(({ status }) => status === 200)?.text('[data-secret]') ?? ''
    t.match(secret, /^whsec_[\w+/=]{44}$/)
    const list = await zoe.get('/settings/webhooks')
    t.notOk(list.body.includes(secret))
    t.equal(list.texts('.webhooks li').length, 5)
    const { rows } = await forum.database.execute(sql`select secret from webhooks`)
    t.notMatch(JSON.stringify(rows), secret)
    const first = list.document.querySelector('.webhooks a')?.getAttribute('href') ?? ''
    await zoe.submit(await zoe.get(first), `form[action="${first}/remove"]`, {})
    t.equal((await zoe.get('/settings/webhooks')).texts('.webhooks li').length, 4)
    t.equal((await zoe.get(first)).status, 404)
  })

  t.test('are each member’s own', async (t) => {
    const karim = await forum.member('Karim')
    const own = (await zoe.get('/settings/webhooks')).document.querySelector('.webhooks a')?.getAttribute('href') ?? ''
    t.equal((await karim.get(own)).status, 404)
    t.equal((await karim.post(`${own}/on`)).status, 404)
    t.equal((await karim.post(`${own}/deliveries/1/again`)).status, 404)
    await karim.post(`${own}/remove`)
    t.equal((await zoe.get(own)).status, 200)
    t.equal((await forum.passerBy().get('/settings/webhooks')).status, 303)
  })
})
