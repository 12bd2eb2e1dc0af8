import { eq, sql } from 'drizzle-orm'
import t from 'tap'
import { acts, cases } from '../../../src/schema/moderation.ts'
import { posts } from '../../../src/schema/posts.ts'
import { threads } from '../../../src/schema/threads.ts'
import { approving, firstCase, threadOfModerator } from '../../support/approving.ts'
import { startForum } from '../../support/forum.ts'
import { idOf, threadBy } from '../../support/threads.ts'

const SECRET = 'Le mot pamplemousse'

t.test(
  'a member’s first replies are seen by them and moderators, and appear in their place when approved',
  async (t) => {
    const forum = await approving(t)
    const { admin } = forum
    const { id } = await threadOfModerator(forum)
    const watcher = await forum.member('Veilleuse')
    await watcher.post(`/threads/${id}/subscription`, { level: 'watching' })
    const newcomer = await forum.member('Philippine')
    const body = `${SECRET}, pour @Veilleuse.`
    const sent = await newcomer.post(`/threads/${id}/replies`, { body, request_id: 'une' })
    t.equal(sent.status, 303)
    const again = await newcomer.post(`/threads/${id}/replies`, { body, request_id: 'une' })
    t.equal(again.location, sent.location, 'a resent form makes one')
    const own = await newcomer.follow(sent.location ?? '')
    t.match(own.text('.told'), 'attend')
    t.match(own.text('#post-2'), SECRET)
    t.match(own.text('#post-2'), 'En attente')
    const [held] = await forum.database.select().from(posts).where(eq(posts.number, 2))
    if (!held) throw new Error('No post')

    const after = await forum.member('Bavarde', 'moderator')
    await after.post(`/threads/${id}/replies`, { body: 'La suite.' })

    const places = [
      ...[`/threads/${id}`, `/threads/${id}.md`, `/threads/${id}.txt`, `/threads/${id}.atom`, `/threads/${id}.json`],
      ...[
        '/threads',
        '/',
        '/cities/marseille',
        '/threads.atom',
        '/search?q=pamplemousse',
        '/members/Philippine',
        '/sitemap.xml',
      ],
      ...[`/posts/${held.id}/history`, `/posts/${held.id}/flag`, `/posts/${held.id}/edit`],
      ...[
        `/threads/${id}/x?reply_to=2`,
        `/threads/${id}/x?quote=2`,
        `/threads/${id}/posts/2/whole`,
        `/members/Philippine.atom`,
      ],
      ...[`/api/v1/threads/${id}/posts`, `/api/v1/posts/${held.id}`, `/api/v1/posts/${held.id}/history`],
      ...['/notifications', `/threads/${id}/posts/authors`],
    ]
    for (const reader of [forum.passerBy(), watcher]) {
      for (const path of places) {
        const page = await reader.follow(path)
        t.notMatch(page.body, 'pamplemousse</', path)
        t.notMatch(page.body, SECRET, path)
        t.equal(page.document.querySelector('#post-2'), null, path)
        if (!path.includes('/members/')) t.notMatch(page.body, 'Philippine', path)
      }
    }
    t.same((await forum.database.execute(sql`select from notifications where kind <> 'reply' or number = 2`)).rows, [])
    t.match((await after.follow(`/threads/${id}`)).text('#post-2'), SECRET, 'moderators read it in its place')
    t.match(await forum.database.select().from(threads), [{ lastNumber: 3, replyCount: 1 }])

    const path = await firstCase(admin)
    t.match((await admin.get(path)).body, SECRET)
    t.equal((await admin.submit(await admin.get(path), `form[action="${path}"]`, { decision: 'approve' })).status, 303)
    const page = await watcher.follow(`/threads/${id}`)
    t.same(page.texts('.post .number'), ['1', '2', '3'])
    t.match((await forum.passerBy().get('/search?q=pamplemousse')).body, 'data-hit')
    t.match((await forum.passerBy().get(`/threads/${id}.atom`)).body, 'pamplemousse')
    t.match(await forum.database.select().from(threads), [{ lastNumber: 3, replyCount: 2 }])
    const told = await forum.database.execute(
      sql`select kind, number from notifications where number = 2 order by kind`,
    )
    t.same(told.rows, [
      { kind: 'mention', number: 2 },
      { kind: 'reply', number: 2 },
    ])
    t.match((await newcomer.get('/notifications')).body, 'approuvé')
    t.match(await forum.database.select().from(acts).where(eq(acts.kind, 'approve')), [
      { byId: await idOf(forum, 'Hannah'), postId: held.id },
    ])
    t.equal((await admin.post(path, { decision: 'approve' })).status, 409)

    await newcomer.post(`/threads/${id}/replies`, { body: 'Le deuxième attend aussi.' })
    await admin.post(await firstCase(admin), { decision: 'approve' })
    await newcomer.post(`/threads/${id}/replies`, { body: 'Le troisième, non.' })
    t.match((await forum.passerBy().follow(`/threads/${id}`)).text('#post-5'), 'Le troisième, non.')
  },
)

t.test('a first thread is in no list before it is approved, and a new one then', async (t) => {
  const forum = await approving(t)
  const { admin } = forum
  const newcomer = await forum.member('Philippine')
  const watcher = await forum.member('Veilleuse')
  await watcher.post('/boards/marseille/subscription', { level: 'watching' })
  const sent = await newcomer.post('/threads', { title: 'Pamplemousse', body: SECRET, boards: 'marseille' })
  t.equal(sent.status, 303)
  const own = await newcomer.follow(sent.location ?? '')
  t.match(own.text('.notice'), 'attend')
  t.match(own.body, 'Ce sujet n’est pas publié')
  t.match(own.body, SECRET)
  const somebody = forum.passerBy()
  t.equal((await somebody.follow(sent.location ?? '')).status, 404)
  for (const path of [
    '/',
    '/threads',
    '/cities/marseille',
    '/threads.atom',
    '/search?q=pamplemousse',
    '/sitemap/threads-1.xml',
  ]) {
    t.notMatch((await somebody.get(path)).body, 'amplemousse</', path)
  }
  t.match(await forum.database.execute(sql`select thread_count from boards where slug = 'marseille'`), {
    rows: [{ thread_count: 0 }],
  })
  const path = await firstCase(admin)
  const both = await Promise.all([1, 2].map(() => admin.post(path, { decision: 'approve' })))
  t.same(both.map(({ status }) => status).sort(), [303, 409])
  for (const place of ['/', '/threads', '/cities/marseille', '/threads.atom', '/search?q=pamplemousse']) {
    t.match((await somebody.get(place)).body, /amplemousse/, place)
  }
  t.match(await forum.database.execute(sql`select thread_count from boards where slug = 'marseille'`), {
    rows: [{ thread_count: 1 }],
  })
  t.match((await watcher.get('/notifications')).body, 'Pamplemousse')
})

t.test('its author edits and withdraws it while it waits; what is refused they alone can read', async (t) => {
  const forum = await approving(t)
  const { admin } = forum
  const { id } = await threadOfModerator(forum)
  const newcomer = await forum.member('Philippine')
  await newcomer.post(`/threads/${id}/replies`, { body: SECRET })
  const [held] = await forum.database.select().from(posts).where(eq(posts.number, 2))
  const path = await firstCase(admin)
  const read = await admin.get(path)
  t.notMatch(read.body, 'n’est plus visible', 'it never was')
  const form = await newcomer.get(`/posts/${held?.id}/edit`)
  t.equal((await newcomer.submit(form, 'form.compose', { body: 'Autrement dit.' })).status, 303)
  t.equal((await admin.submit(read, `form[action="${path}"]`, { decision: 'approve' })).status, 409, 'unread words')
  t.match((await newcomer.follow(`/threads/${id}`)).text('#post-2'), 'Autrement dit.')

  await newcomer.post(`/posts/${held?.id}/delete`)
  t.match(await forum.database.select().from(cases), [{ decision: 'dismiss' }])
  t.equal((await admin.follow(`/threads/${id}`)).document.querySelector('#post-2'), null)
  t.equal((await admin.post(`/posts/${held?.id}/restore`)).status, 404)
  const withdrawn = await admin.get(path)
  t.notMatch(withdrawn.body, 'Autrement dit.', 'what its author thought better of')
  t.equal(withdrawn.document.querySelector('[action$="/restore"]'), null)
  await newcomer.post(`/posts/${held?.id}/restore`)
  const anew = await firstCase(admin)
  await admin.post(anew, { decision: 'hide', statement: 'Hors sujet.' })
  t.match((await newcomer.follow(`/threads/${id}`)).text('#post-2'), 'Hors sujet.')
  t.equal((await forum.passerBy().follow(`/threads/${id}`)).document.querySelector('#post-2'), null)
  t.match(await forum.database.select().from(threads), [{ replyCount: 0 }])
  // The opposite act approves it all the same.
  t.equal((await admin.post(`/posts/${held?.id}/restore`)).status, 303)
  const page = await forum.passerBy().follow(`/threads/${id}`)
  t.match(page.text('#post-2'), 'Autrement dit.')
  t.notMatch((await forum.passerBy().get(`/posts/${held?.id}/history`)).body, SECRET, 'what was never published')
  t.match(await forum.database.select().from(threads), [{ replyCount: 1 }])
})

t.test('one that is deleted for good leaves no place: nobody has seen it', async (t) => {
  const forum = await approving(t)
  const { admin } = forum
  const { id } = await threadOfModerator(forum)
  const newcomer = await forum.member('Philippine')
  await newcomer.post(`/threads/${id}/replies`, { body: SECRET })
  await admin.post(await firstCase(admin), { decision: 'remove', statement: 'Illicite.' })
  t.equal((await forum.passerBy().follow(`/threads/${id}`)).document.querySelector('#post-2'), null)
  const own = await newcomer.follow(`/threads/${id}`)
  t.match(own.text('#post-2'), 'effacé pour toujours')
  t.notMatch(own.body, SECRET)
  t.equal(own.document.querySelector('#post-2 form:is([action$="/delete"], [action$="/restore"])'), null)
  t.match(await forum.database.select().from(threads), [{ replyCount: 0 }])
  t.match(await forum.database.select().from(cases), [{ decision: 'remove' }])
})

t.test('words that the forum watches for hold any member’s post', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Hannah', 'admin')
  await admin.post('/admin/settings', { blocked_words: 'Pamplemousse\ngagner vite' })
  await forum.member('Auteur')
  const post = await threadBy(forum, 'Auteur')
  const member = await forum.member('Zoé')
  const reply = (body: string) => member.post(`/threads/${post.thread.id}/replies`, { body })
  await reply('Des PÂMPLE\u200bMOUSSE.')
  await reply('Comment gagner, vite !')
  await reply('Rien de tel : pamplemoussier.')
  t.same((await forum.passerBy().follow(`/threads/${post.thread.id}`)).texts('.post .number'), ['1', '4'])
  t.equal((await forum.database.select().from(cases)).length, 2)
})

t.test('one that was left to admins is theirs in its thread too', async (t) => {
  const forum = await approving(t)
  const { admin } = forum
  const { id } = await threadOfModerator(forum)
  const moderator = await forum.member('Bavarde', 'moderator')
  const newcomer = await forum.member('Philippine')
  await newcomer.post(`/threads/${id}/replies`, { body: SECRET })
  const [held] = await forum.database.select().from(posts).where(eq(posts.number, 2))
  await moderator.post(await firstCase(moderator), { decision: 'escalate' })
  for (const act of ['show', 'hide']) {
    const refused = await moderator.post(`/posts/${held?.id}/${act}`)
    t.equal(refused.status, 403, act)
    t.match(refused.body, 'Seule l’administration')
  }
  t.match(await forum.database.select().from(cases), [{ closedAt: null }])
  t.equal((await admin.post(`/posts/${held?.id}/show`)).status, 303)
  t.match((await forum.passerBy().follow(`/threads/${id}`)).text('#post-2'), SECRET)
})

t.test('what was edited after the moderator had read it is not approved unread, in its thread either', async (t) => {
  const forum = await approving(t)
  const { admin } = forum
  const { id } = await threadOfModerator(forum)
  const newcomer = await forum.member('Philippine')
  await newcomer.post(`/threads/${id}/replies`, { body: SECRET })
  const read = await admin.follow(`/threads/${id}`)
  const [held] = await forum.database.select().from(posts).where(eq(posts.number, 2))
  await newcomer.post(`/posts/${held?.id}/edit`, { body: 'Tout autre chose' })
  const form = `form[action="/posts/${held?.id}/restore"]`
  t.equal((await admin.submit(read, form, {})).status, 409)
  t.equal((await admin.submit(read, form, { version: 'toutes' })).status, 409)
  t.notMatch((await forum.passerBy().follow(`/threads/${id}`)).body, 'Tout autre chose')
  const again = await admin.follow(`/threads/${id}`)
  t.match(again.text('#post-2'), 'Tout autre chose')
  t.equal((await admin.submit(again, form, {})).status, 303)
  t.match((await forum.passerBy().follow(`/threads/${id}`)).text('#post-2'), 'Tout autre chose')

  const before = { body: `${SECRET}, encore.`, version: '0' }
  t.equal((await newcomer.post(`/posts/${held?.id}/edit`, before)).status, 409, 'a form from before it was approved')
  const now = await newcomer.get(`/posts/${held?.id}/edit`)
  t.equal((await newcomer.submit(now, 'form.compose', { body: 'Encore mieux' })).status, 303)
  const history = await forum.passerBy().get(`/posts/${held?.id}/history`)
  t.equal(history.texts('.versions h2').length, 2)
  t.match(history.text('.versions li:last-child h2'), 'Première version')
  t.notMatch(history.body, SECRET, 'what was never published')
  t.equal(history.document.querySelector('[rel=next]'), null)
  const listed = await fetch(new URL(`/api/v1/posts/${held?.id}/history`, forum.origin))
  t.equal(listed.headers.get('link'), null, 'none is before the one that was published')
})
