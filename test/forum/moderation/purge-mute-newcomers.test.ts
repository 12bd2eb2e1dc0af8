import { sql } from 'drizzle-orm'
import t from 'tap'
import { carryOutPurge } from '../../../src/forum/moderation/purge-member.ts'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('removing all that an account posted', async (t) => {
  const forum = await startForum(t)
  const mira = await forum.member('Mira', 'moderator')
  const zoe = await forum.member('Zoé')
  await forum.member('Spam')
  const { thread: theirs } = await threadBy(forum, 'Zoé', { title: 'Un sujet sérieux', boards: ['nice'], replies: 1 })
  const { thread: own, id } = await threadBy(forum, 'Spam', { title: 'Achetez', boards: ['nice'], replies: 2 })
  const spam = await forum.member('Autre')
  await spam.post(`/threads/${own.id}/replies`, { body: 'Du spam ?' })
  const { rows } = await forum.database.execute<{ id: number }>(sql`select id from members where username = 'Spam'`)
  const author = rows[0]?.id
  await forum.database.execute(sql`
    update posts set author_id = ${author}, created_at = now() - interval '3 days' where thread_id = ${theirs.id} and number = 2`)
  const hidden = async () => {
    const found = await forum.database.execute<{ id: number }>(
      sql`select id from posts where deleted_at is not null order by id`,
    )
    return found.rows.map((row) => row.id)
  }
  const titles = async () => (await forum.passerBy().get('/cities/nice')).texts('.thread h3 a')

  t.test('takes their threads and posts of those hours, once, in one line of the log', async (t) => {
    t.equal((await zoe.post('/members/Spam/purge', { hours: '24' })).status, 403)
    t.equal((await mira.post('/members/Spam/purge', { hours: '0' })).status, 422)
    await mira.post(`/posts/${id}/hide`)
    const sent = await mira.post('/members/Spam/purge', { hours: '24', reason: 'Publicité' })
    t.equal(sent.status, 303)
    t.same(await titles(), ['Un sujet sérieux'])
    t.equal((await hidden()).length, 3, 'what is older stays, and what others wrote')
    const log = await mira.get('/moderation/log?member=Spam')
    t.same(
      [...log.document.querySelectorAll('[data-act]')].map((line) => line.getAttribute('data-act')),
      ['purge', 'hide'],
    )
  })

  t.test('is undone exactly: what was hidden before stays hidden', async (t) => {
    const again = await Promise.all([1, 2].map(() => mira.post('/members/Spam/unpurge')))
    t.same(again.map(({ status }) => status).sort(), [303, 409])
    t.same(await hidden(), [id])
    t.same(await titles(), ['Achetez', 'Un sujet sérieux'])
    const { rows: left } = await forum.database.execute<{ id: number }>(sql`select id from purges`)
    for (const purge of left) await carryOutPurge(forum, purge.id)
    t.same(await hidden(), [id], 'the job that comes later does nothing')
    t.equal((await mira.post('/members/Spam/unpurge')).status, 409)
  })
})

t.test('muting a member', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const { thread } = await threadBy(forum, 'Zoé')
  const path = `/threads/${thread.id}/${thread.slug}`
  t.equal((await zoe.submit(await zoe.get('/members/Karim'), 'form.mute', {})).status, 303)
  await karim.post(`/threads/${thread.id}/replies`, { body: 'Encore moi @Zoé', reply_to: '1' })
  t.equal((await zoe.get(path)).texts('#post-2 details.muted').length, 1, 'their posts collapse')
  t.equal((await karim.get(path)).texts('details.muted').length, 0, 'for that reader only')
  t.notMatch((await zoe.get('/notifications')).text('main'), /Karim/, 'and are not told')
  t.equal((await zoe.post('/members/Zo%C3%A9/mute')).status, 403)
  t.equal((await forum.passerBy().post('/members/Karim/mute')).status, 401)
  await zoe.submit(await zoe.get('/members/Karim'), 'form.mute', {})
  await karim.post(`/threads/${thread.id}/replies`, { body: 'Toujours moi @Zoé' })
  t.equal((await zoe.get(path)).texts('details.muted').length, 0)
  await karim.post(`/threads/${thread.id}/replies`, { body: 'Et encore @Zoé' })
  t.match((await zoe.get('/notifications')).text('main'), /Karim/)
})

t.test('nothing is unread from before a chosen day', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  await forum.member('Karim')
  await forum.database.execute(sql`update members set created_at = now() - interval '30 days'`)
  const { thread } = await threadBy(forum, 'Karim', { boards: ['nice'], replies: 1 })
  const unread = async () => (await zoe.get('/cities/nice')).texts('.thread .unread').length
  t.equal(await unread(), 1)
  await forum.database.execute(sql`
    update posts set created_at = now() - interval '3 days' where thread_id = ${thread.id}`)
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  t.equal((await zoe.post('/settings', { unread_since: 'hier' })).status, 422)
  t.equal((await zoe.post('/settings', { unread_since: '2999-01-01' })).status, 422)
  t.equal((await zoe.post('/settings', { unread_since: '0000-01-01' })).status, 422)
  const saved = await zoe.submit(await zoe.get('/settings'), 'form#settings', { unread_since: yesterday })
  t.equal(saved.status, 303)
  t.same((await zoe.get('/settings')).fields('form#settings').unread_since, [yesterday])
  t.equal(await unread(), 0)
  await zoe.post('/settings', { unread_since: '' })
  t.equal(await unread(), 1)
})

t.test('newcomers', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const ada = await forum.member('Ada', 'admin')
  const nour = await forum.member('Nour')
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Ada')
  await ada.post('/admin/settings', { newcomer_links: '1', newcomer_mentions: '1', newcomer_threads: '2' })
  const reply = (body: string) => nour.post(`/threads/${thread.id}/replies`, { body })

  t.test('put few links and call few members, and keep what they have typed', async (t) => {
    const refused = await reply('https://un.example et https://deux.example')
    t.equal(refused.status, 422)
    t.match(refused.text('#body-problem'), /1 lien/)
    t.same(refused.fields('form.compose').body, ['https://un.example et https://deux.example'])
    t.equal((await reply('@Zoé et @Ada')).status, 422)
    for (const other of [
      'HTTP://deux.example',
      '<a href="ht&#9;tps://deux.example">la</a>',
      '<a href="&#1;https://deux.example">la</a>',
    ])
      t.equal((await reply(`https://un.example ${other}`)).status, 422, other)
    const sent = await reply('https://un.example dit @Zoé')
    t.equal(sent.status, 303)
    const { rows } = await forum.database.execute<{ id: number }>(sql`select max(id)::int as id from posts`)
    t.equal(
      (await nour.post(`/posts/${rows[0]?.id}/edit`, { body: 'https://un.example https://deux.example' })).status,
      422,
    )
    t.equal(
      (await ada.post(`/threads/${thread.id}/replies`, { body: 'https://un.example https://deux.example' })).status,
      303,
    )
  })

  t.test('start few threads a day; a resent form is none', async (t) => {
    const start = (title: string) => nour.post('/threads', { title, body: 'Voici', boards: 'nice', request_id: title })
    t.equal((await start('Premier sujet')).status, 303)
    t.equal((await start('Deuxième sujet')).status, 303)
    const refused = await start('Troisième sujet')
    t.equal(refused.status, 422)
    t.match(refused.text('#title-problem'), /2 sujets/)
    t.equal((await start('Deuxième sujet')).status, 303)
  })

  t.test('start no more of them at once', async (t) => {
    const lina = await forum.member('Lina')
    const start = (title: string) => lina.post('/threads', { title, body: 'Voici', boards: 'nice', request_id: title })
    const sent = await Promise.all([start('Une'), start('Une'), start('Deux'), start('Trois'), start('Quatre')])
    t.equal(new Set(sent.flatMap(({ location }) => location ?? [])).size, 2)
    t.same(
      sent.map(({ status }) => status).filter((status) => status !== 303 && status !== 422),
      [],
    )
  })

  t.test('only read while an admin says so', async (t) => {
    const soon = new Date(Date.now() + 3_600_000).toISOString()
    await ada.post('/admin/settings', { newcomers_read_only_until: soon })
    await forum.database.execute(sql`
      insert into settings values ('newcomers_read_only_until', ${JSON.stringify(soon)}::jsonb)
      on conflict (name) do update set value = excluded.value`)
    await ada.post('/admin/settings', { newcomer_links: '2' })
    t.equal((await reply('Bonjour')).status, 422)
    t.equal((await ada.post(`/threads/${thread.id}/replies`, { body: 'Bonjour' })).status, 303)
  })

  t.test('are so for some days and posts', async (t) => {
    await forum.database.execute(sql`update members set created_at = now() - interval '9 days' where username = 'Nour'`)
    t.equal((await reply('https://un.example https://deux.example https://trois.example')).status, 303)
  })
})
