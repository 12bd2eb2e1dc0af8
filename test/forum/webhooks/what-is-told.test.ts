import { sql } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import t from 'tap'
import { deletePost } from '../../../src/forum/discussion/delete-post.ts'
import { editPost } from '../../../src/forum/discussion/edit-post.ts'
import { removeThread, restoreThread } from '../../../src/forum/discussion/remove-thread.ts'
import { sendDue } from '../../../src/forum/webhooks/send-due.ts'
import { ban, unban } from '../../support/sanctions.ts'
import { threadBy } from '../../support/threads.ts'
import { addWebhook, startWithReceiver, told, types } from '../../support/webhooks.ts'

t.test('a webhook is told what happens, in order and signed', async (t) => {
  const { forum, receiver, zoe, karim, say } = await startWithReceiver(t)
  const secret = await addWebhook(zoe, `${receiver.origin}/in`)
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
  const { forum, receiver, zoe, karim, say } = await startWithReceiver(t)
  await addWebhook(zoe, receiver.origin)
  const { thread } = await threadBy(forum, 'Karim', { title: 'Un titre à taire', body: 'Des mots à taire' })
  const reply = await say(thread.id, 'Des mots à taire')
  await deletePost(forum, reply.id, karim, null)
  await removeThread(forum, thread.id, { by: karim.id, reason: null })
  await sendDue(forum)
  t.same(types(receiver), ['thread.created', 'post.created', 'post.deleted', 'thread.removed'])
  t.notMatch(JSON.stringify(receiver.received), /taire|Karim/)
})

t.test('a webhook is told of its place and its kinds only', async (t) => {
  const { forum, receiver, zoe, say } = await startWithReceiver(t)
  await addWebhook(zoe, `${receiver.origin}/nice`, { events: 'thread', city: 'nice' })
  await addWebhook(zoe, `${receiver.origin}/crossing`, {
    events: ['thread', 'reply'],
    city: 'nice',
    technology: 'big-data',
  })
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
  const { forum, receiver, zoe } = await startWithReceiver(t)
  t.equal((await zoe.post('/settings/webhooks', { url: `${receiver.origin}/zoe`, events: 'flag' })).status, 422)
  await addWebhook(zoe, `${receiver.origin}/zoe`, { events: ['flag', 'reply'] })
  const ines = await forum.member('Inès', 'moderator')
  await addWebhook(ines, `${receiver.origin}/ines`, { events: 'flag' })
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
  const { forum, receiver, zoe } = await startWithReceiver(t)
  await addWebhook(zoe, receiver.origin, { events: 'deletion' })
  await threadBy(forum, 'Karim', { replies: 2 })
  const { rows } = await forum.database.execute(sql`
    select (select count(*) from webhook_events)::int as events,
      (select count(*) from graphile_worker.jobs where task_identifier = 'send_webhooks')::int as jobs`)
  t.same(rows, [{ events: 0, jobs: 0 }])
})

t.test('a banned member’s webhooks stop, and go on when the ban is over', async (t) => {
  const { forum, receiver, zoe } = await startWithReceiver(t)
  await addWebhook(zoe, receiver.origin)
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
