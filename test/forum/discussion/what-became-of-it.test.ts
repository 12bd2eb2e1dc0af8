import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('what became of what one wrote', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const mira = await forum.member('Mira', 'moderator')
  const noticed = async () =>
    (await karim.get('/notifications')).document.querySelector('.notifications a')?.getAttribute('href')

  t.test('a removed post tells its author when and why, and what they wrote', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const path = `/threads/${thread.id}/${thread.slug}`
    await karim.post(`/threads/${thread.id}/replies`, { body: 'Le **maire** ment.' })
    const page = await mira.get(path)
    t.ok(page.document.querySelector('#post-2 form [name=reason]'))
    const done = await mira.submit(page, '#post-2 form:is([action$="/delete"], [action$="/restore"])', {
      reason: 'Sans preuve : « on dit »',
    })
    t.equal((await mira.follow(done.location ?? '')).text('.told'), 'Le message 2 est retiré.')
    const href = (await noticed()) ?? ''
    t.match(href, `${path}#post-2`)
    const own = await karim.get(href)
    t.match(own.text('#post-2'), /retiré par la modération/)
    t.match(own.text('#post-2 .reason'), 'Sans preuve\u202f: «\u202fon dit\u202f»')
    t.ok(own.document.querySelector('#post-2 .about time'))
    t.equal(own.text('#post-2 details strong'), 'maire')
    t.equal(
      own.texts('#post-2 form:is([action$="/delete"], [action$="/restore"])').length,
      0,
      'they cannot bring it back',
    )

    const moderators = await mira.get(path)
    t.equal(moderators.text('#post-2 details strong'), 'maire', 'moderators see what they would restore')
    t.match(moderators.document.querySelector('#post-2 a[href$="/history"]')?.getAttribute('href'), /posts/)
    for (const other of [zoe, forum.passerBy()]) {
      const seen = await other.get(path)
      t.match(seen.text('#post-2'), /retiré par la modération/)
      t.notMatch(seen.body, /maire|Sans preuve/)
    }
  })

  t.test('what an author took back is told apart, with a word and a way back', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const path = `/threads/${thread.id}/${thread.slug}`
    await karim.post(`/threads/${thread.id}/replies`, { body: 'Finalement non' })
    const after = await karim.follow(
      (await karim.submit(await karim.get(path), '#post-2 form:is([action$="/delete"], [action$="/restore"])', {}))
        .location ?? '',
    )
    t.match(after.text('#post-2 [role=status]'), /revenir/)
    t.equal(after.text('#post-2 form button').startsWith('Rétablir'), true)
    const seen = await zoe.get(path)
    t.match(seen.text('#post-2'), /supprimé par son auteur/)
    t.equal(seen.texts('#post-2 [role=status]').length, 0)
  })

  t.test('a removed thread leads its author to their own words, and the reason', async (t) => {
    const { thread } = await threadBy(forum, 'Karim', { title: 'Rumeur', body: 'On dit que…' })
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Je n’y crois pas' })
    const path = `/threads/${thread.id}/${thread.slug}`
    await mira.post(`/threads/${thread.id}/remove`, { reason: 'Rumeur sans source' })
    t.match(await noticed(), path)
    const own = await karim.follow(`/threads/${thread.id}/posts/1`)
    t.equal(own.status, 200)
    t.equal(own.text('h1'), 'Rumeur')
    t.match(own.text('.reason'), 'Rumeur sans source')
    t.match(own.text('#post-1 .prose'), 'On dit que')
    t.notMatch(own.body, 'Je n’y crois pas')
    t.equal(own.texts('main form').length, 0)
    const replier = await zoe.get(path)
    t.match(replier.text('#post-2 .prose'), 'Je n’y crois pas')
    t.notMatch(replier.text('main'), /Rumeur|On dit que/)
    for (const address of [`/threads/${thread.id}`, `/threads/${thread.id}/posts/2`]) {
      const led = await zoe.get(address)
      t.notMatch(led.location, 'rumeur', 'an address does not say the title either')
      t.match((await zoe.follow(led.location ?? '')).text('#post-2 .prose'), 'Je n’y crois pas')
    }
    for (const somebody of [zoe, forum.passerBy()]) {
      const beyond = await somebody.get(`${path}?page=9`)
      t.equal(beyond.status, 404)
      t.notMatch(beyond.text('main'), 'Rumeur')
    }
    t.equal((await forum.passerBy().get(path)).status, 404)
    await mira.post(`/threads/${thread.id}/restore`)
    t.equal((await forum.passerBy().get(path)).text('h1'), 'Rumeur')
  })

  t.test('a removed thread leads to one’s own words, whatever page they are on', async (t) => {
    const { thread } = await threadBy(forum, 'Karim', { title: 'Longue rumeur', replies: 24 })
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Je doute' })
    await mira.post(`/threads/${thread.id}/remove`)
    const led = await zoe.get(`/threads/${thread.id}/${thread.slug}`)
    t.match((await zoe.follow(led.location ?? '')).text('.post .prose'), 'Je doute')
    t.equal((await forum.passerBy().get(`/threads/${thread.id}`)).status, 404)
  })

  t.test('the versions of a removed post stay there for its author, with what became of it', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { title: 'Le quai' })
    const reply = await karim.post(`/threads/${thread.id}/replies`, { body: 'Huit caméras' })
    const page = await karim.follow(reply.location ?? '')
    const id = page.document.querySelector('#post-2')?.getAttribute('data-id')
    const edit = await karim.get(`/posts/${id}/edit`)
    await karim.submit(edit, 'form.compose', { body: 'Neuf caméras' })
    const versions = `/posts/${id}/history`
    t.equal((await karim.get(versions)).texts('main .notice').length, 0)

    await mira.post(`/posts/${id}/delete`, { reason: 'Hors sujet' })
    t.equal(
      (await karim.get(`/threads/${thread.id}/${thread.slug}`)).document
        .querySelector('#post-2 .actions a')
        ?.getAttribute('href'),
      versions,
    )
    for (const reader of [karim, mira]) {
      const removed = await reader.get(versions)
      t.match(removed.text('.head .notice'), /retiré par la modération/)
      t.match(removed.text('main .reason'), 'Hors sujet')
      t.equal(removed.texts('.versions > li').length, 2)
      t.match(removed.text('.versions > li'), /Neuf/)
    }
    for (const other of [zoe, forum.passerBy()]) t.equal((await other.get(versions)).status, 404)

    await mira.post(`/threads/${thread.id}/remove`)
    const withdrawn = await karim.get(versions)
    t.match(withdrawn.texts('.head .notice').join(), /Sujet retiré.*retiré par la modération/)
    t.notMatch(withdrawn.text('main'), 'Le quai')
    t.match(withdrawn.text('main'), 'Huit')
    t.equal((await karim.follow(withdrawn.document.querySelector('.head a')?.getAttribute('href') ?? '')).status, 200)
    t.equal((await zoe.get(versions)).status, 404)
  })

  t.test('a reason too long comes back', async (t) => {
    const { id } = await threadBy(forum, 'Zoé')
    t.equal((await mira.post(`/posts/${id}/delete`, { reason: 'x'.repeat(1_001) })).status, 422)
  })

  t.test('a thread opened by mistake goes with its only post, and comes back with it', async (t) => {
    const { thread, id } = await threadBy(forum, 'Karim', { title: 'Par erreur', boards: ['metz', 'drones'] })
    const path = `/threads/${thread.id}/${thread.slug}`
    const listed = async () => (await forum.passerBy().get('/cities/metz/drones')).texts('.thread h3')
    t.same(await listed(), ['Par erreur'])
    t.equal((await karim.post(`/posts/${id}/delete`)).status, 303)
    t.same(await listed(), [])
    t.equal((await forum.passerBy().get(path)).status, 404)
    t.equal((await zoe.post(`/threads/${thread.id}/replies`, { body: 'Bonjour' })).status, 404)
    t.equal((await zoe.post(`/posts/${id}/restore`)).status, 404)
    t.equal((await mira.post(`/posts/${id}/restore`)).status, 403)
    await mira.post(`/threads/${thread.id}/restore`)
    t.same(await listed(), [], 'moderators do not list an empty thread')
    const own = await karim.get(path)
    t.match(own.text('.notice:not(.told)'), /revient/)
    t.equal((await karim.submit(own, '#post-1 form:is([action$="/delete"], [action$="/restore"])', {})).status, 303)
    t.same(await listed(), ['Par erreur'])
    t.equal((await forum.passerBy().get(path)).text('#post-1 .prose'), 'Voici le relevé.')
  })
})
