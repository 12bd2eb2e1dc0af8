import t from 'tap'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('following, and signing up for it: it is done, and said', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  for (const [language, said] of [
    ['fr', 'Marseille est suivi.'],
    ['en', 'You follow Marseille.'],
  ] as const) {
    const nadia = forum.passerBy()
    nadia.language = language
    const board = await nadia.get('/cities/marseille')
    const asked = await nadia.post('/boards/marseille/subscription', {
      ...board.fields('form[action$="/subscription"]'),
      level: 'following',
    })
    t.equal(asked.status, 401)
    const forms = [...asked.document.querySelectorAll('main form')].map((form) => form.getAttribute('action'))
    t.same(forms, ['/register/begin', '/login'], 'signing up is offered first')
    const begun = await nadia.submit(asked, 'form[action="/register/begin"]', {})
    t.equal(begun.status, 200)
    const mistaken = await nadia.submit(begun, 'form.sheet', { username: `Nadia_${language}`, password: 'court' })
    t.equal(mistaken.status, 422)
    const done = await nadia.submit(mistaken, 'form.sheet', { username: `Nadia_${language}`, password: PASSWORD })
    t.equal(done.status, 303)
    t.equal(done.location, '/cities/marseille')
    const there = await nadia.get('/cities/marseille')
    t.match(there.text('.told'), said)
    t.match(there.text('.told'), `Nadia_${language}`, 'and welcomed')
    t.ok(there.document.querySelector('.follow.following'))
    t.equal((await nadia.get('/cities/marseille')).text('.told'), '', 'said once')
  }

  // Who has logged out in another tab is not asked to sign up first.
  const zoe = forum.passerBy()
  const login = { username: 'Zoé', password: PASSWORD }
  await zoe.post('/login', login)
  await zoe.post('/logout')
  const late = await zoe.post('/boards/marseille/subscription', { level: 'following' })
  t.match(late.text('.notice'), 'La session a pris fin')
  const mistaken = await zoe.submit(late, 'form[action="/login"]', { ...login, password: 'autre chose' })
  t.match(mistaken.text('.notice'), 'La session a pris fin')
  t.equal((await zoe.submit(mistaken, 'form[action="/login"]', login)).status, 303)
  t.ok((await zoe.get('/cities/marseille')).document.querySelector('.follow.following'))
})

t.test('what was written when the session ended is not dropped by signing up instead', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const nadia = forum.passerBy()
  const body = 'Trois caméras\nrue de Rome'
  const asked = await nadia.post(`/threads/${thread.id}/replies`, { body, reply_to: '1', request_id: 'un' })
  const begun = await nadia.submit(asked, 'form[action="/register/begin"]', {})
  t.match(begun.text('.notice'), 'ce qui a été écrit attend')
  const back = await nadia.post('/login/begin', begun.fields('form.sheet'))
  t.match(back.text('.notice'), 'ce qui a été écrit attend', 'and there is a way back to the login')
  const shown = await nadia.submit(begun, 'form.sheet', { username: 'Nadia', password: PASSWORD })
  t.equal(shown.status, 200)
  t.match(shown.text('h1'), 'Relevé de caméras')
  t.match(shown.text('.told'), 'pas encore envoyé')
  t.same(shown.fields('form.compose').body, [body])
  const sent = await nadia.submit(shown, 'form.compose', {})
  t.equal(sent.status, 303)
  t.match((await nadia.follow(sent.location ?? '')).text('#post-2 .prose'), 'rue de Rome')
})

t.test('nobody puts a deed into the hands of who logs in', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread, number } = await threadBy(forum, 'Zoé')
  const isThere = async () =>
    (await zoe.get(`/threads/${thread.id}/posts/${number}`)).status === 302 &&
    (await zoe.follow(`/threads/${thread.id}`)).texts('.post .prose').length === 1
  const attacker = forum.passerBy()
  const asked = await attacker.post('/posts/1/delete')
  const packed = asked.fields('form[action="/login"]').kept_form ?? []
  const victim = forum.passerBy()
  const login = { username: 'Zoé', password: PASSWORD }

  const fromElsewhere = await victim.post('/login', { ...login, kept_form: packed }, { 'sec-fetch-site': 'cross-site' })
  t.equal(fromElsewhere.status, 403)
  const here = await victim.post('/login', { ...login, kept_form: packed })
  t.equal(here.status, 200, 'even from here, it is only shown')
  t.ok(await isThere())
  const forged = forum.passerBy()
  await forged.post('/posts/1/restore')
  const bare = await forged.post('/login', { ...login, kept_form: '{"action":"/posts/1/delete","fields":[]}' })
  t.equal(bare.status, 200)
  t.ok(await isThere())
})

t.test(
  'a form with many fields keeps them all; with more than any of ours has, it is refused and not cut',
  async (t) => {
    const forum = await startForum(t)
    await forum.member('Zoé')
    const stranger = forum.passerBy()
    const boards = (count: number) => Array.from({ length: count }, (_, index) => `espace-${index}`)
    const many = await stranger.post('/threads', { title: 'Un sujet', boards: boards(100), body: 'Son texte' })
    const back = await stranger.submit(many, 'form[action="/login"]', { username: 'Zoé', password: PASSWORD })
    t.same(back.fields('form.compose').body, ['Son texte'])
    const tooMany = await forum
      .passerBy()
      .post('/threads', { title: 'Un sujet', boards: boards(2_000), body: 'Son texte' })
    t.equal(tooMany.status, 413)
    t.match(tooMany.text('main'), 'le navigateur a gardé le texte')
  },
)

t.test('a login that fails for another reason gives back what waits behind it', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const zoe = forum.passerBy()
  const asked = await zoe.post(`/threads/${thread.id}/replies`, { body: 'Écrit longtemps' })
  let last = asked
  for (let tries = 0; tries < 11; tries += 1) {
    last = await zoe.submit(asked, 'form[action="/login"]', { username: 'Zoé', password: 'pas le bon mot' })
  }
  t.equal(last.status, 429)
  t.same(last.fields('form.compose').body, ['Écrit longtemps'])
})

t.test(
  'a form that one member opened is not published under the name of another who has logged in beside it',
  async (t) => {
    const forum = await startForum(t)
    const zoe = await forum.member('Zoé')
    const karim = await forum.member('Karim')
    const { thread } = await threadBy(forum, 'Zoé')
    const opened = await zoe.get(`/threads/${thread.id}/${thread.slug}`)
    const fields = { ...opened.fields('form#reply'), body: 'Écrit par Zoé' }
    const path = `/threads/${thread.id}/replies`
    t.equal((await karim.post(path, fields, { accept: 'application/json' })).status, 409)
    const again = await karim.post(path, fields)
    t.equal(again.status, 422)
    t.match(again.text('.problem'), /sera publié sous le nom Karim/)
    t.same(again.fields('form#reply').body, ['Écrit par Zoé'])
    t.equal((await zoe.get(`/threads/${thread.id}/${thread.slug}`)).texts('.post').length, 1)
    t.equal((await karim.submit(again, 'form#reply', {})).status, 303, 'who has read that may')
  },
)
