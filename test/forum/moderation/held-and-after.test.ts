import { eq } from 'drizzle-orm'
import t from 'tap'
import { cases } from '../../../src/schema/moderation.ts'
import { posts } from '../../../src/schema/posts.ts'
import { approving, firstCase, threadOfModerator } from '../../support/approving.ts'
import { startForum } from '../../support/forum.ts'
import { follow } from '../../support/live-window.ts'

const SECRET = 'Le mot pamplemousse'

t.test('an edit brings nothing in past the moderators: they are told of it', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Hannah', 'admin')
  await admin.post('/admin/settings', { blocked_words: 'casino en ligne' })
  const { id } = await threadOfModerator(forum)
  const member = await forum.member('Philippine')
  await member.post(`/threads/${id}/replies`, { body: 'Bonjour.' })
  const [post] = await forum.database.select().from(posts).where(eq(posts.number, 2))
  const edit = (body: string) => member.post(`/posts/${post?.id}/edit`, { body })
  await edit('Bonsoir.')
  t.equal(await firstCase(admin), '', 'no case of any edit')
  await edit('Le Casino en  ligne !')
  t.match(
    (await forum.passerBy().follow(`/threads/${id}`)).text('#post-2'),
    'Casino',
    'it stands until they have looked',
  )
  await edit('Le casino en ligne, encore')
  const shown = await admin.get(await firstCase(admin))
  t.match(shown.body, 'Le casino en ligne, encore')
  t.match(shown.text('.notice'), 'Personne n’a signalé')
  t.equal((await forum.database.select().from(cases)).length, 1)
  await admin.submit(shown, 'section#decide form.sheet', { decision: 'hide', statement: 'Publicité.' })
  t.notMatch((await forum.passerBy().follow(`/threads/${id}`)).text('#post-2'), 'casino')
  t.match((await member.follow(`/threads/${id}`)).text('#post-2'), 'Publicité.')
})

t.test('a thread that was locked or removed meanwhile keeps what it was', async (t) => {
  const forum = await approving(t)
  const { admin } = forum
  const { id } = await threadOfModerator(forum)
  const newcomer = await forum.member('Philippine')
  await newcomer.post(`/threads/${id}/replies`, { body: SECRET })
  await newcomer.post(`/threads/${id}/replies`, { body: 'Encore.' })
  await admin.post(`/threads/${id}/lock`)
  await admin.post(await firstCase(admin), { decision: 'approve' })
  t.match((await forum.passerBy().follow(`/threads/${id}`)).text('#post-2'), SECRET)
  await admin.post(`/threads/${id}/remove`)
  t.equal((await admin.post(await firstCase(admin), { decision: 'approve' })).status, 303)
  t.equal((await forum.passerBy().follow(`/threads/${id}`)).status, 404)
  t.notMatch((await forum.passerBy().get('/search?q=encore')).body, 'data-hit')
  await admin.post(`/threads/${id}/restore`)
  t.match((await forum.passerBy().follow(`/threads/${id}`)).text('#post-3'), 'Encore.')
})

t.test('an open window is told of a held post when it is approved, as of a new one', async (t) => {
  const forum = await approving(t)
  const { id } = await threadOfModerator(forum)
  const before = await follow(t, forum.origin, { thread: id, after: 1, change: 0 })
  const newcomer = await forum.member('Philippine')
  await newcomer.post(`/threads/${id}/replies`, { body: SECRET })
  const between = await follow(t, forum.origin, { thread: id, after: 1, change: 0 })
  const bavarde = await forum.member('Bavarde', 'moderator')
  await bavarde.post(`/threads/${id}/replies`, { body: 'La suite.' })
  for (const window of [before, between]) await window.until(() => window.numbers.includes(3))
  await forum.admin.post(await firstCase(forum.admin), { decision: 'approve' })
  for (const window of [before, between]) {
    await window.until(() => window.numbers.includes(2))
    t.same(window.numbers, [3, 2])
  }
})

t.test('a program is told that what it sent waits', async (t) => {
  const forum = await approving(t)
  const { id } = await threadOfModerator(forum)
  const newcomer = await forum.member('Philippine')
  const made = await newcomer.post('/settings/tokens', { name: 'Essai', scopes: ['read', 'write'] })
  const authorization = `Bearer ${made.text('[data-token]')}`
  const send = (path: string, body: object) =>
    fetch(`${forum.origin}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const reply = await send(`/threads/${id}/replies`, { body: SECRET })
  t.equal(reply.status, 202)
  t.match(await reply.json(), { held: true, number: 2 })
  const started = await send('/threads', { title: 'Pamplemousse', body: SECRET, boards: ['marseille'] })
  t.equal(started.status, 202)
  t.match(await started.json(), { held: true, number: 1 })
})
