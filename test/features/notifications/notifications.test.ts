import { sql } from 'drizzle-orm'
import t from 'tap'
import { notificationJobs } from '../../../src/features/notifications/jobs.ts'
import { PASSWORD, startForum, type TestForum } from '../../support/forum.ts'
import type { Person } from '../../support/person.ts'
import { allSteps, explain } from '../../support/plans.ts'
import { statementsDuring } from '../../support/statements.ts'
import { idOf, threadBy } from '../../support/threads.ts'

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

t.test('nothing is told any more of what is out of sight, in the list or in its number', async (t) => {
  const forum = await startForum(t)
  const { zoe, bob } = await people(forum)
  await forum.member('Mod', 'moderator')
  const mod = forum.passerBy()
  await mod.post('/login', { username: 'Mod', password: PASSWORD })
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
    t.same(await told(zoe), [])
  })

  await t.test('a reply: the next one is told instead, as long as there is one', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { title: 'La gare' })
    for (const post of [2, 3, 4]) await bob.post(`/threads/${thread.id}/replies`, { body: `Réponse ${post}` })
    await removePost(thread, 3)
    t.same(await told(zoe), ['2 réponses dans La gare'])
    await removePost(thread, 2)
    t.same(await told(zoe), ['Bob a répondu dans La gare'])
    t.match((await zoe.get('/notifications')).document.querySelector('.new a')?.getAttribute('href'), /#post-4$/)
    await removePost(thread, 4)
    t.same(await told(zoe), [])
    await t.resolves(headerSays(''))
  })

  await t.test('a thread: the board’s next one is told instead', async (t) => {
    await zoe.post('/boards/lyon/subscription', { level: 'watching' })
    const { thread: first } = await threadBy(forum, 'Bob', { title: 'Le premier', boards: ['lyon'] })
    const { thread: second } = await threadBy(forum, 'Bob', { title: 'Le deuxième', boards: ['lyon'], body: '@Zoé' })
    await mod.post(`/threads/${first.id}/remove`)
    t.same(await told(zoe), [
      'Bob vous mentionne dans Le deuxième',
      'Nouveau sujet dans l’espace Lyon\u202f: Le deuxième',
    ])
    await mod.post(`/threads/${second.id}/remove`)
    t.same(await told(zoe), [])
    await t.resolves(headerSays(''))
  })
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
    await notificationJobs.tasks.forget_notifications?.(forum, {})
    const { rows } = await forum.database.execute(sql`select from notifications`)
    t.equal(rows.length, 1)
  })
})

t.test('fifty thousand watchers cost one statement', async (t) => {
  const forum = await startForum(t)
  const { bob } = await people(forum)
  const { thread } = await threadBy(forum, 'Zoé', { title: 'La foule' })
  await forum.database.execute(sql`
    with crowd as (
      insert into members (username, username_key, password_hash)
      select 'foule' || n, 'foule' || n, '' from generate_series(1, 50000) as n
      returning id
    )
    insert into thread_subscriptions (member_id, thread_id, level) select id, ${thread.id}, 'watching' from crowd`)
  // What PostgreSQL knows of the tables, when it plans, is from before anybody was told.
  await forum.database.execute(sql`analyze`)
  const counted = async () => {
    const { rows } = await forum.database.execute(sql`select from notifications where thread_id = ${thread.id}`)
    return rows.length
  }
  const { thread: quiet } = await threadBy(forum, 'Bob', { title: 'Le calme' })
  const reply = (to: { id: number }, body: string) => async () =>
    t.equal((await bob.post(`/threads/${to.id}/replies`, { body })).status, 303)
  await reply(quiet, 'Il y a quelqu’un ?')()
  const alone = await statementsDuring(reply(quiet, 'Personne ?'))
  const before = await statementsDuring(reply(thread, 'Bonjour à tous.'))
  t.equal(await counted(), 50_001)
  const again = await statementsDuring(reply(thread, 'Et à toutes.'))
  t.same([before.length, again.length], [alone.length, alone.length], 'no more statements than where nobody watches')
  t.equal(before.filter(({ text }) => /insert into notifications/.test(text)).length, 1)
  t.equal(await counted(), 50_001, 'who has not come back since has one line')

  const [telling] = again.filter(({ text }) => /insert into notifications/.test(text))
  if (!telling) throw new Error('Nobody was told')
  const client = await forum.database.$client.connect()
  t.teardown(() => client.release())
  for (const planning of ['force_custom_plan', 'force_generic_plan'] as const) {
    const { plan } = await explain(client, telling, planning)
    const read = allSteps(plan).reduce((sum, { table, rows, removed }) => sum + (table ? rows + removed : 0), 0)
    t.ok(read <= 3 * 50_001, `${planning}: ${read} rows are read`)
  }
})

/** Asks again until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo()));
}
