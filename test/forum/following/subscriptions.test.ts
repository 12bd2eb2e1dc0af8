import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('subscriptions', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const bob = await forum.member('Bob')
  const { thread } = await threadBy(forum, 'Bob', { title: 'Caméras du port' })
  const threadPath = `/threads/${thread.id}/${thread.slug}`

  const PLACES = [
    ['a city', '/cities/marseille', '/boards/marseille/subscription'],
    ['a technology', '/technologies/big-data', '/boards/big-data/subscription'],
    ['a crossing', '/cities/nice/big-data', '/cities/nice/big-data/subscription'],
    ['a thread', threadPath, `/threads/${thread.id}/subscription`],
  ] as const

  for (const [what, path, action] of PLACES) {
    t.test(`one click follows ${what}, and one more stops`, async (t) => {
      const page = await zoe.get(path)
      t.equal(page.text('.follow'), 'Suivre')
      const followed = await zoe.post(action, { level: 'following', next: path })
      t.equal(followed.status, 303)
      t.equal(followed.location, path)
      const again = await zoe.get(path)
      t.match(again.text('.follow'), /^Suivi/)
      t.equal(again.document.querySelector('.follow')?.getAttribute('value'), 'none')
      await zoe.post(action, { level: 'none', next: path })
      t.equal((await zoe.get(path)).text('.follow'), 'Suivre')
    })

    t.test(`every level of ${what} can be chosen`, async (t) => {
      for (const [level, label] of [
        ['watching', 'Tout recevoir'],
        ['muted', 'Ignorer'],
        ['following', 'Suivre'],
      ] as const) {
        t.equal((await zoe.post(action, { level, next: path })).status, 303)
        t.equal((await zoe.get(path)).text('.subscription [aria-current] b'), label)
      }
    })

    t.test(`what is none of the levels of ${what} is refused`, async (t) => {
      t.equal((await zoe.post(action, { level: 'adoring' })).status, 422)
      t.equal((await zoe.post(action, {})).status, 422)
    })

    t.test(`whoever is not signed in is led to the login from ${what}`, async (t) => {
      const reader = forum.passerBy()
      t.equal((await reader.get(path)).text('.follow'), 'Suivre')
      t.equal((await reader.post(action, { level: 'following' })).status, 401)
    })
  }

  t.test('what is not there cannot be followed', async (t) => {
    const level = 'following'
    t.equal((await zoe.post('/boards/atlantis/subscription', { level })).status, 404)
    t.equal((await zoe.post('/cities/nice/marseille/subscription', { level })).status, 404)
    t.equal((await zoe.post('/threads/987654/subscription', { level })).status, 404)
  })

  t.test('one page lists them all, in order, and changes them', async (t) => {
    const page = await zoe.get('/subscriptions')
    t.same(page.texts('.subscriptions li > a'), ['Marseille', 'Big Data', 'Nice × Big Data', 'Caméras du port'])
    const changed = await zoe.submit(page, '.subscriptions form', { level: 'none' })
    t.equal(changed.location, '/subscriptions')
    t.same((await zoe.get('/subscriptions')).texts('.subscriptions li > a'), [
      'Big Data',
      'Nice × Big Data',
      'Caméras du port',
    ])
  })

  t.test('a member without any is told how to come by some', async (t) => {
    const page = await (await forum.member('Nouvelle')).get('/subscriptions')
    t.match(page.text('main'), /Aucun espace n’est suivi pour l’instant.*Aucun sujet n’est suivi/)
    t.equal((await forum.passerBy().get('/subscriptions')).location, '/login?next=%2Fsubscriptions')
  })

  t.test('threads that somebody starts or replies to are watched by themselves', async (t) => {
    t.match((await bob.get(threadPath)).text('.follow'), /^Tout est reçu/)
    const lea = await forum.member('Léa')
    await lea.post(`/threads/${thread.id}/replies`, { body: 'Merci !' })
    t.match((await lea.get(threadPath)).text('.follow'), /^Tout est reçu/)
  })

  t.test('unless they have chosen otherwise, for all of them', async (t) => {
    const max = await forum.member('Max')
    const saved = await max.post('/subscriptions', { started: 'following', replied: 'none' })
    t.equal(saved.location, '/subscriptions?saved=1')
    t.equal((await max.get('/subscriptions?saved=1')).text('[role=status]'), 'C’est enregistré.')
    await max.post(`/threads/${thread.id}/replies`, { body: 'Vu.' })
    t.equal((await max.get(threadPath)).text('.follow'), 'Suivre')
    const own = (await threadBy(forum, 'Max', { title: 'À moi' })).thread
    t.match((await max.get(`/threads/${own.id}/${own.slug}`)).text('.follow'), /^Suivi/)
  })

  t.test('or for this one: who has stopped watching replies without watching again', async (t) => {
    await bob.post(`/threads/${thread.id}/subscription`, { level: 'none' })
    await bob.post(`/threads/${thread.id}/replies`, { body: 'Encore un mot.' })
    t.equal((await bob.get(threadPath)).text('.follow'), 'Suivre')
  })

  t.test('a hundred threads are listed on pages', async (t) => {
    const ida = await forum.member('Ida')
    for (let number = 1; number <= 60; number += 1) await threadBy(forum, 'Ida', { title: `Sujet ${number}` })
    const first = await ida.get('/subscriptions')
    t.equal(first.texts('.subscriptions li').length, 50)
    const second = await ida.get(first.document.querySelector('[rel=next]')?.getAttribute('href') ?? '')
    t.equal(second.texts('.subscriptions li').length, 10)
    t.match(second.text('.subscriptions li'), /^Sujet 10/)
  })

  t.test('a thread that was removed is listed for moderators only', async (t) => {
    const max = await forum.member('Removeuse')
    const inès = await forum.member('Inès', 'moderator')
    const { thread } = await threadBy(forum, 'Bob', { title: 'Un titre qui diffame' })
    for (const person of [max, inès]) await person.post(`/threads/${thread.id}/subscription`, { level: 'following' })
    await forum.database.execute(`update threads set removed_at = now() where id = ${thread.id}`)
    t.same((await max.get('/subscriptions')).texts('.subscriptions li'), [])
    t.match((await inès.get('/subscriptions')).text('.subscriptions li'), 'diffame')
  })
})
