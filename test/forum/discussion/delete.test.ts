import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('taking back what one wrote', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const mira = await forum.member('Mira', 'moderator')

  t.test('leaves its number and its place, and nothing of what it said', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const path = `/threads/${thread.id}/${thread.slug}`
    await karim.post(`/threads/${thread.id}/replies`, { body: 'Mon numéro est le 06 12 34 56 78' })
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Attention !', reply_to: '2' })
    const sent = await karim.submit(
      await karim.get(path),
      '#post-2 form:is([action$="/delete"], [action$="/restore"])',
      {},
    )
    t.equal(sent.status, 303)
    for (const reader of [zoe, karim, mira, forum.passerBy()]) {
      const page = await reader.get(path)
      t.same(page.texts('.post .number'), ['1', '2', '3'])
      t.match(page.text('#post-2'), 'Message supprimé')
      t.notMatch(page.body, '06 12')
      t.match(page.text('.head .about'), '1 réponse')
    }
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'La suite' })
    t.same((await zoe.get(path)).texts('.post .number'), ['1', '2', '3', '4'])
  })

  t.test('can be undone, and the post is as it was', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const path = `/threads/${thread.id}/${thread.slug}`
    await karim.post(`/threads/${thread.id}/replies`, { body: 'Finalement si' })
    await karim.submit(await karim.get(path), '#post-2 form:is([action$="/delete"], [action$="/restore"])', {})
    await karim.submit(await karim.get(path), '#post-2 form:is([action$="/delete"], [action$="/restore"])', {})
    const page = await forum.passerBy().get(path)
    t.match(page.text('#post-2 .prose'), 'Finalement si')
    t.match(page.text('.head .about'), '1 réponse')
  })

  t.test('twice is as good as once', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { replies: 2 })
    const page = await zoe.follow(`/threads/${thread.id}`)
    const action =
      page.document
        .querySelector('#post-2 form:is([action$="/delete"], [action$="/restore"])')
        ?.getAttribute('action') ?? ''
    const answers = await Promise.all([1, 2, 3].map(() => zoe.post(action)))
    t.ok(answers.every(({ status }) => status === 303))
    t.match((await zoe.follow(`/threads/${thread.id}`)).text('.head .about'), '1 réponse')
    const restore = action.replace('/delete', '/restore')
    await Promise.all([1, 2, 3].map(() => zoe.post(restore)))
    t.match((await zoe.follow(`/threads/${thread.id}`)).text('.head .about'), '2 réponses')
  })

  t.test('the first post may go too; the thread stays for the others', async (t) => {
    const { thread, id } = await threadBy(forum, 'Zoé', { replies: 1 })
    await zoe.post(`/posts/${id}/delete`)
    const page = await forum.passerBy().follow(`/threads/${thread.id}`)
    t.match(page.text('#post-1'), 'Message supprimé')
    t.match(page.text('.head .about'), '1 réponse')
  })

  t.test('what a moderator took away, its author does not bring back', async (t) => {
    const { thread, id } = await threadBy(forum, 'Zoé')
    const path = `/threads/${thread.id}/${thread.slug}`
    await mira.submit(await mira.get(path), '#post-1 form:is([action$="/delete"], [action$="/restore"])', {})
    t.equal((await zoe.get(path)).texts('#post-1 form:is([action$="/delete"], [action$="/restore"])').length, 0)
    t.equal((await zoe.post(`/posts/${id}/restore`)).status, 403)
    t.equal((await zoe.get(`/posts/${id}/edit`)).status, 403)
    t.equal((await zoe.get(`/posts/${id}/history`)).status, 200)
    t.equal((await karim.get(`/posts/${id}/history`)).status, 404)
    t.equal((await (await forum.member('Nour', 'moderator')).post(`/posts/${id}/restore`)).status, 303)
    t.equal((await forum.passerBy().get(path)).text('#post-1 .prose'), 'Voici le relevé.')
  })

  t.test('what an author took back, a moderator does not bring back', async (t) => {
    const { id } = await threadBy(forum, 'Zoé')
    await zoe.post(`/posts/${id}/delete`)
    t.equal((await mira.post(`/posts/${id}/restore`)).status, 403)
    t.equal((await zoe.get(`/posts/${id}/history`)).status, 200)
    t.equal((await karim.get(`/posts/${id}/history`)).status, 404)
  })

  t.test('is for its author and for moderators', async (t) => {
    const { thread, id } = await threadBy(forum, 'Zoé')
    t.equal(
      (await karim.follow(`/threads/${thread.id}`)).texts('#post-1 form:is([action$="/delete"], [action$="/restore"])')
        .length,
      0,
    )
    t.equal((await karim.post(`/posts/${id}/delete`)).status, 403)
    t.equal((await karim.post(`/posts/${id}/restore`)).status, 403)
    t.equal((await forum.passerBy().post(`/posts/${id}/delete`)).status, 401)
    t.equal((await zoe.post('/posts/999/delete')).status, 404)
    t.equal((await zoe.post('/posts/999/restore')).status, 404)
  })

  t.test('a deleted post is neither quoted nor answered by name', async (t) => {
    const { thread, id } = await threadBy(forum, 'Zoé', { body: 'À oublier' })
    await karim.post(`/threads/${thread.id}/replies`, { body: 'Noté', reply_to: '1' })
    await zoe.post(`/posts/${id}/delete`)
    const page = await karim.get(`/threads/${thread.id}/${thread.slug}?quote=1`)
    t.same(page.fields('form.compose').body, [''])
    t.notMatch(page.body, 'À oublier')
  })
})

t.test('a profile lists what still stands, twenty at a time', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread, id } = await threadBy(forum, 'Zoé', { title: 'Beaucoup', replies: 25 })
  await zoe.post(`/posts/${id}/delete`)
  const reader = forum.passerBy()
  const first = await reader.get('/members/Zo%C3%A9')
  t.equal(first.texts('.excerpt').length, 20)
  t.match(first.text('.thread'), 'Réponse 26')
  const older = await reader.get(first.document.querySelector('a[rel=next]')?.getAttribute('href') ?? '')
  t.equal(older.texts('.excerpt').length, 5)
  t.match(
    older.document.querySelector('.thread .about a')?.getAttribute('href'),
    `/threads/${thread.id}/beaucoup#post-6`,
  )
})
