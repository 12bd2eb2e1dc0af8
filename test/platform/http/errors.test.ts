import { sql } from 'drizzle-orm'
import t from 'tap'
import { endOtherSessions } from '../../../src/forum/members/end-sessions.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { idOf, threadBy } from '../../support/threads.ts'

t.test('what goes wrong', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const replies = `/threads/${thread.id}/replies`

  t.test('an unknown path says so in the reader’s language, and leads on', async (t) => {
    const french = await forum.passerBy().get('/nulle/part')
    t.equal(french.status, 404)
    t.match(french.text('h1'), 'Cette page n’existe pas')
    t.ok(french.document.querySelector('main a[href="/technologies"]'))
    const english = await forum.passerBy().get('/nowhere', { 'accept-language': 'en' })
    t.match(english.text('h1'), 'This page does not exist')
  })

  t.test('a session that ended while writing: through the login, and back to the filled-in form', async (t) => {
    const form = await zoe.get(`/threads/${thread.id}/${thread.slug}?reply_to=1`)
    await endOtherSessions(forum, await idOf(forum, 'Zoé'), 'none of them')
    const body = 'Une longue réponse\n\n« écrite » <avec> soin & patience'
    const asked = await zoe.submit(form, 'form.compose', { body })
    t.equal(asked.status, 401)
    t.match(asked.text('.notice'), /Rien n’est perdu/)

    const mistaken = await zoe.submit(asked, 'form.sheet', { username: 'Zoé', password: 'pas le bon mot' })
    t.equal(mistaken.status, 422)
    const back = await zoe.submit(mistaken, 'form.sheet', { username: 'Zoé', password: PASSWORD })
    t.equal(back.status, 200)
    t.match(back.text('.notice'), 'De retour')
    t.match(back.text('h1'), 'Relevé de caméras', 'it says where it goes')
    t.same(back.fields('form.compose').body, [body])
    t.same(back.fields('form.compose').reply_to, ['1'])

    const sent = await zoe.submit(back, 'form.compose', {})
    t.equal(sent.status, 303)
    t.match(
      (await zoe.get(sent.location ?? '')).text('.post:last-child .prose'),
      '«\u202fécrite\u202f» <avec> soin & patience',
    )
  })

  t.test('the same for a new thread with its boards', async (t) => {
    const stranger = forum.passerBy()
    const fields = { title: 'Un sujet', body: 'Son texte', boards: ['nice', 'drones'] }
    const asked = await stranger.post('/threads', fields)
    t.equal(asked.status, 401)
    await forum.member('Revenue')
    const back = await stranger.submit(asked, 'form.sheet', { username: 'Revenue', password: PASSWORD })
    t.match(back.fields('form.compose'), { title: ['Un sujet'], body: ['Son texte'], boards: ['nice', 'drones'] })
    t.equal((await stranger.submit(back, 'form.compose', {})).status, 303)
  })

  t.test('a kept form is never sent to another site, and never holds a password', async (t) => {
    const stranger = forum.passerBy()
    const login = { username: 'Zoé', password: PASSWORD }
    for (const kept of [
      '{"action":"//evil.example/","fields":[]}',
      '{"action":"https://evil.example","fields":[]}',
      'x',
    ]) {
      const sent = await forum.passerBy().post('/login', { ...login, kept_form: kept })
      t.equal(sent.status, 303)
      t.equal(sent.location, '/')
    }
    const asked = await stranger.post('/settings/security', {
      action: 'change-password',
      new_password: 'très secret ça',
    })
    t.notMatch(asked.body, 'très secret')
  })

  t.test('a page that needs an account is come back to after the login', async (t) => {
    const stranger = forum.passerBy()
    const visit = await stranger.get('/settings/security')
    t.equal(visit.status, 303)
    const login = await stranger.get(visit.location ?? '')
    const sent = await stranger.submit(login, 'form.sheet', { username: 'Zoé', password: PASSWORD })
    t.equal(sent.location, '/settings/security')
  })

  t.test('a form from another site is refused', async (t) => {
    const member = await forum.member('Visée')
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]) {
      const sent = await member.post(replies, { body: 'Forgé' }, headers)
      t.equal(sent.status, 403)
      t.match(sent.text('h1'), /autre site/)
    }
    t.equal((await member.post(replies, { body: 'Du site même' }, { 'sec-fetch-site': 'same-origin' })).status, 303)
    t.equal(
      (await member.post(replies, { body: 'Par un autre nom' }, { origin: `http://${new URL(forum.origin).host}` }))
        .status,
      303,
    )
  })

  t.test('too much at once is refused before it is read', async (t) => {
    const sent = await zoe.post('/login', { username: 'a'.repeat(3_000_000), password: 'b' })
    t.equal(sent.status, 413)
    t.match(sent.text('h1'), /trop long/)
  })

  t.test('whoever changes the language of a form that came back returns to where it was begun', async (t) => {
    const member = await forum.member('Nomade')
    const referer = `${forum.origin}/threads/new?board=nice`
    const back = await member.post('/threads', { title: 'Un sujet', body: '' }, { referer })
    t.equal(back.status, 422)
    const changed = await member.submit(back, '.choices', { language: 'en' })
    t.equal(changed.location, '/threads/new?board=nice#colophon')
    t.equal((await member.get(changed.location ?? '')).text('h1'), 'New thread')
    const elsewhere = await member.post('/threads', {}, { referer: 'https://elsewhere.example//evil.example' })
    t.same(elsewhere.fields('.choices').next, ['/#colophon'])
  })

  t.test('a form that is no form', async (t) => {
    for (const [type, body] of [
      ['text/xml', '<a/>'],
      ['application/json', '{"username":'],
      ['application/json', '"just a text"'],
    ] as const) {
      const response = await fetch(`${forum.origin}/login`, { method: 'POST', headers: { 'content-type': type }, body })
      t.ok([400, 422].includes(response.status), `${type}: ${response.status}`)
    }
  })

  t.test('programs get problem details', async (t) => {
    const ask = (path: string, options: RequestInit = {}) =>
      fetch(forum.origin + path, { ...options, headers: { accept: 'application/json', 'accept-language': 'en' } })
    const missing = await ask('/cities/atlantide')
    t.equal(missing.status, 404)
    t.match(missing.headers.get('content-type'), 'application/problem+json')
    t.match(await missing.json(), { status: 404, title: 'Not Found', detail: /This board does not exist/ })
    const invalid = await ask('/register', { method: 'POST', body: new URLSearchParams({ username: 'x' }) })
    t.match(await invalid.json(), { status: 422, fields: { username: /Too short/, password: /This needs an answer/ } })
    t.equal((await ask('/threads', { method: 'POST', body: new URLSearchParams() })).status, 401)
  })

  t.test(
    'a fault of ours is a plain page that keeps what was typed, with a reference to its line in the log',
    async (t) => {
      const member = await forum.member('Patiente')
      await forum.database.execute(sql`alter table posts rename to posts_away`)
      const sent = await member.post(replies, { body: 'Ce que j’ai écrit' })
      await forum.database.execute(sql`alter table posts_away rename to posts`)
      t.equal(sent.status, 500)
      t.same(sent.fields('form.compose').body, ['Ce que j’ai écrit'])
      t.ok(forum.logged.some((line) => line.includes(sent.text('code')) && line.includes('"failed"')))
      t.equal((await member.submit(sent, 'form.compose', {})).status, 303)
    },
  )
})
