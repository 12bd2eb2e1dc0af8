import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

t.test('nothing is told any more of what is out of sight, in the list or in its number', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const bob = await forum.member('Bob')
  const told = async () => (await zoe.get('/notifications')).texts('.notifications .new p:first-child')
  const mod = await forum.member('Mira', 'moderator')
  /** A session is remembered for some seconds, and with it what its header shows. */
  const headerSays = (said: string) =>
    until(async () => (await zoe.get('/subscriptions')).text('.bell .badge:not([hidden]) .hidden') === said)
  const removePost = async (thread: { id: number; slug: string }, post: number) => {
    const page = await mod.get(`/threads/${thread.id}/${thread.slug}`)
    const form = page.document.querySelector(`#post-${post} form[action$="/delete"]`)
    t.equal((await mod.post(form?.getAttribute('action') ?? '')).status, 303)
  }

  await t.test('a mention', async (t) => {
    const { thread } = await threadBy(forum, 'Bob', { title: 'Le port', body: 'Pour @Zoé.' })
    await t.resolves(headerSays('1 notification non lue'))
    await removePost(thread, 1)
    await t.resolves(headerSays(''))
    t.same(await told(), [])
  })

  await t.test('a reply: the next one is told instead, as long as there is one', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { title: 'La gare' })
    for (const post of [2, 3, 4]) await bob.post(`/threads/${thread.id}/replies`, { body: `Réponse ${post}` })
    await removePost(thread, 3)
    t.same(await told(), ['2 réponses dans La gare'])
    await removePost(thread, 2)
    t.same(await told(), ['Bob a répondu dans La gare'])
    t.match((await zoe.get('/notifications')).document.querySelector('.new a')?.getAttribute('href'), /#post-4$/)
    await removePost(thread, 4)
    t.same(await told(), [])
    await t.resolves(headerSays(''))
  })

  await t.test('a thread: the board’s next one is told instead', async (t) => {
    await zoe.post('/boards/lyon/subscription', { level: 'watching' })
    const { thread: first } = await threadBy(forum, 'Bob', { title: 'Le premier', boards: ['lyon'] })
    const { thread: second } = await threadBy(forum, 'Bob', { title: 'Le deuxième', boards: ['lyon'], body: '@Zoé' })
    await mod.post(`/threads/${first.id}/remove`)
    t.same(await told(), ['Bob vous mentionne dans Le deuxième', 'Nouveau sujet dans l’espace Lyon\u202f: Le deuxième'])
    await mod.post(`/threads/${second.id}/remove`)
    t.same(await told(), [])
    await t.resolves(headerSays(''))
  })
})
