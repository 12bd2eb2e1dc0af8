import { sql } from 'drizzle-orm'
import t from 'tap'
import { keepRetention } from '../../../src/forum/administration/keep-retention.ts'
import { startForum, type TestForum } from '../../support/forum.ts'
import type { Person } from '../../support/person.ts'
import { idOf, threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

const told = async (person: Person) => (await person.get('/notifications')).texts('.notifications .new p:first-child')

async function people(forum: TestForum) {
  return { zoe: await forum.member('Zoé'), bob: await forum.member('Bob'), lea: await forum.member('Léa') }
}

t.test('what somebody is told', async (t) => {
  const forum = await startForum(t)
  const { zoe, bob, lea } = await people(forum)
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Le pont' })
  const reply = (person: Person, body: string, answered?: number) =>
    person.post(`/threads/${thread.id}/replies`, { body, ...(answered ? { reply_to: String(answered) } : {}) })

  t.test('nothing at first', async (t) => {
    t.match((await zoe.get('/notifications')).text('.empty'), 'Rien de nouveau pour l’instant.')
    t.equal((await forum.passerBy().get('/notifications')).location, '/login?next=%2Fnotifications')
  })

  t.test('that somebody has replied in a thread of theirs, or has answered a post of theirs', async (t) => {
    await reply(bob, 'Deux caméras.')
    t.same(await told(zoe), ['Bob a répondu dans Le pont'])
    await reply(lea, 'Trois, même.', 2)
    t.same(await told(bob), ['Léa vous a répondu dans Le pont'])
    t.equal((await bob.get('/notifications')).text('.excerpt'), 'Trois, même.')
  })

  t.test('replies in one thread are one line, which leads to the first of them', async (t) => {
    const page = await zoe.get('/notifications')
    t.same(page.texts('.new p:first-child'), ['2 réponses dans Le pont'])
    t.match(page.document.querySelector('.new a')?.getAttribute('href'), /#post-2$/)
  })

  t.test('that they are mentioned, but not in what is quoted, and not by themselves', async (t) => {
    const max = await forum.member('Max')
    await reply(lea, '> @Max le disait\n\nOui.')
    t.same(await told(max), [])
    await reply(max, 'Moi, @max, je le redis.')
    t.same(await told(max), [])
    await reply(lea, 'Merci @MAX !')
    t.same(await told(max), ['Léa vous mentionne dans Le pont'])
  })

  t.test('once for one post, for the nearest reason', async (t) => {
    await reply(zoe, 'Est-ce sûr, @Bob ?', 2)
    t.ok((await told(bob)).includes('2 réponses à vos messages dans Le pont'))
    const { rows } = await forum.database.execute(sql`
      select kind from notifications where member_id = ${await idOf(forum, 'Bob')} and number = 7`)
    t.same(rows, [{ kind: 'answer' }])
  })

  t.test('that an edit mentions them, and only once', async (t) => {
    const ana = await forum.member('Ana')
    const edit = async (body: string) => {
      const page = await lea.get(`/threads/${thread.id}/${thread.slug}`)
      const path = page.document.querySelector('#post-4 a[href$="/edit"]')?.getAttribute('href') ?? ''
      await lea.submit(await lea.get(path), 'form.compose', { body })
    }
    await edit('Oui, demande à @Ana.')
    t.same(await told(ana), ['Léa vous mentionne dans Le pont'])
    await ana.post('/notifications/read')
    await edit('Oui, demandez à @Ana.')
    t.same(await told(ana), [])
  })

  t.test('that the moderators have acted on a post, and nothing of a post that is gone', async (t) => {
    const admin = await forum.member('Amina', 'moderator')
    const eva = await forum.member('Eva')
    await reply(eva, 'Regarde, @Ana.')
    const page = await admin.get(`/threads/${thread.id}/posts/8`)
    const posts = await admin.get(page.location ?? '')
    await admin.post(posts.document.querySelector('#post-8 form[action$="/delete"]')?.getAttribute('action') ?? '')
    t.same(await told(eva), ['La modération est intervenue sur votre message 8 dans Le pont'])
    const ana = forum.passerBy()
    await ana.post('/login', { username: 'Ana', password: 'quatre mots sans rapport' })
    t.same(await told(ana), [])
  })

  t.test('nothing of what they have muted: a thread, a board, a crossing', async (t) => {
    const ugo = await forum.member('Ugo')
    const { thread: other } = await threadBy(forum, 'Léa', { title: 'Autre', boards: ['nice', 'big-data'] })
    for (const [action, undo] of [
      [`/threads/${other.id}/subscription`, 'none'],
      ['/boards/nice/subscription', 'none'],
      ['/cities/nice/big-data/subscription', 'none'],
    ] as const) {
      await ugo.post(action, { level: 'muted' })
      await lea.post(`/threads/${other.id}/replies`, { body: 'Et @Ugo ?' })
      t.same(await told(ugo), [], action)
      await ugo.post(action, { level: undo })
    }
    await ugo.post('/boards/nice/subscription', { level: 'muted' })
    await ugo.post(`/threads/${other.id}/subscription`, { level: 'following' })
    await lea.post(`/threads/${other.id}/replies`, { body: 'Et @Ugo ?' })
    t.same(await told(ugo), ['Léa vous mentionne dans Autre'], 'what is said of a thread itself counts more')
  })
})

t.test('new threads in a watched place', async (t) => {
  const forum = await startForum(t)
  const { zoe, bob, lea } = await people(forum)
  await zoe.post('/boards/marseille/subscription', { level: 'watching' })
  await bob.post('/cities/nice/big-data/subscription', { level: 'watching' })
  await lea.post('/boards/marseille/subscription', { level: 'following' })

  await threadBy(forum, 'Bob', { title: 'Le premier', boards: ['marseille', 'nice'] })
  t.same(await told(zoe), ['Nouveau sujet dans l’espace Marseille\u202f: Le premier'])
  t.same(await told(lea), [], 'who follows is told by the digest')
  t.same(await told(bob), [], 'nobody is told of what they have written')

  await threadBy(forum, 'Léa', { title: 'Le deuxième', boards: ['marseille', 'nice', 'big-data'] })
  t.same(await told(zoe), ['2 nouveaux sujets dans l’espace Marseille'])
  t.same(await told(bob), ['Nouveau sujet dans l’espace Nice × Big Data\u202f: Le deuxième'])

  t.test('somebody who has seen the list of the board has seen them', async (t) => {
    await zoe.get('/cities/marseille?sort=new')
    await t.resolves(until(async () => (await told(zoe)).length === 0))
  })

  t.test('a board that is muted beats one that is watched', async (t) => {
    await zoe.post('/boards/big-data/subscription', { level: 'muted' })
    await threadBy(forum, 'Léa', { title: 'Le troisième', boards: ['marseille', 'big-data'] })
    t.same(await told(zoe), [])
  })
})

t.test('new threads of a crossing are those of the crossing', async (t) => {
  const forum = await startForum(t)
  const { zoe } = await people(forum)
  await zoe.post('/cities/nice/big-data/subscription', { level: 'watching' })
  const { thread: first } = await threadBy(forum, 'Bob', { title: 'Le premier', boards: ['nice', 'big-data'] })
  for (const number of [1, 2, 3]) await threadBy(forum, 'Bob', { title: `Ailleurs ${number}`, boards: ['nice'] })
  t.same(await told(zoe), ['Nouveau sujet dans l’espace Nice × Big Data\u202f: Le premier'])
  await threadBy(forum, 'Zoé', { title: 'Un des siens', boards: ['nice', 'big-data'] })
  await threadBy(forum, 'Bob', { title: 'Le deuxième', boards: ['nice', 'big-data'] })
  t.same(await told(zoe), ['2 nouveaux sujets dans l’espace Nice × Big Data'])
  const page = await zoe.get('/notifications')
  t.equal(page.document.querySelector('.new a')?.getAttribute('href'), '/cities/nice/big-data')

  await zoe.post('/boards/nice/subscription', { level: 'watching' })
  await threadBy(forum, 'Bob', { title: 'Dans la ville', boards: ['nice'] })
  t.equal((await told(zoe)).length, 2, 'a city and a crossing of it are two places')
  await zoe.get('/cities/nice/big-data')
  await t.resolves(until(async () => (await told(zoe)).length === 1))
  await zoe.get(`/threads/${first.id}/${first.slug}`)
  await zoe.get('/cities/nice')
  await t.resolves(until(async () => (await told(zoe)).length === 0))
})

t.test('what has been read', async (t) => {
  const forum = await startForum(t)
  const { zoe, bob, lea } = await people(forum)
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Le pont' })
  const other = (await threadBy(forum, 'Zoé', { title: 'La gare' })).thread
  const talk = async () => {
    await bob.post(`/threads/${thread.id}/replies`, { body: 'Bonjour.' })
    await lea.post(`/threads/${other.id}/replies`, { body: 'Bonsoir.' })
  }
  await talk()
  await zoe.post('/notifications/read', { id: '999999' })

  t.test('the number at the top of each page is that of what is unread', async (t) => {
    t.equal((await zoe.get('/notifications')).text('.bell .badge .hidden'), '2 notifications non lues')
    t.equal((await forum.passerBy().get('/')).document.querySelector('.bell'), null)
  })

  t.test('one can be marked by itself', async (t) => {
    const page = await zoe.get('/notifications')
    await zoe.submit(page, '.notifications form', {})
    t.same(await told(zoe), ['Bob a répondu dans Le pont'])
    t.match((await zoe.get('/notifications')).texts('section .notifications p:first-child'), [
      'Léa a répondu dans La gare',
    ])
    t.equal((await zoe.get('/cities')).text('.bell .badge .hidden'), '1 notification non lue')
  })

  t.test('reading a thread reads what was told of it', async (t) => {
    await zoe.get(`/threads/${thread.id}/${thread.slug}`)
    await t.resolves(until(async () => (await told(zoe)).length === 0))
  })

  t.test('all can be marked at once, but for what has come since the page was shown', async (t) => {
    await bob.post(`/threads/${thread.id}/replies`, { body: 'Encore.' })
    const page = await zoe.get('/notifications')
    await lea.post(`/threads/${other.id}/replies`, { body: 'Aussi.' })
    await zoe.submit(page, '.head form', {})
    t.same(await told(zoe), ['Léa a répondu dans La gare'])
  })

  t.test('nobody marks what others were told', async (t) => {
    const { rows } = await forum.database.execute<{ id: string }>(sql`
      select id from notifications where member_id = ${await idOf(forum, 'Zoé')} and read_at is null`)
    await bob.post('/notifications/read', { id: rows.map(({ id }) => id) })
    t.equal((await told(zoe)).length, 1)
  })

  t.test('after three months all is forgotten', async (t) => {
    await forum.database.execute(sql`
      update notifications set created_at = now() - interval '91 days' where read_at is not null`)
    await keepRetention(forum)
    const { rows } = await forum.database.execute(sql`select from notifications`)
    t.equal(rows.length, 1)
  })

  t.test('where there are more than a page shows, it says so, and they come up as these are read', async (t) => {
    const max = await forum.member('Max')
    const { thread: long } = await threadBy(forum, 'Zoé', { title: 'Le long', replies: 201 })
    await forum.database.execute(sql`
      insert into notifications (member_id, kind, thread_id, number)
      select ${await idOf(forum, 'Max')}, 'mention', ${long.id}, number from generate_series(1, 201) as number`)
    const page = await max.get('/notifications')
    t.match(page.text('main'), 'Il y en a de plus anciennes')
    await max.submit(page, '.notifications form', {})
    t.same(await told(max), ['Zoé vous mentionne dans Le long'])
    t.notMatch((await max.get('/notifications')).text('main'), 'Il y en a de plus anciennes')
  })
})
