import t from 'tap'
import { sign } from '../../../src/platform/crypto/signed.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { confirmAddress, send } from '../../support/mail.ts'
import { openMailbox } from '../../support/mailbox.ts'
import type { Person } from '../../support/person.ts'
import { threadBy } from '../../support/threads.ts'

t.test('where moderators let people in, who waits reads, and writes once they have', async (t) => {
  const mailbox = await openMailbox(t)
  const forum = await startForum(t, { SMTP_URL: mailbox.url })
  const admin = await forum.member('Hannah', 'admin')
  await forum.member('Auteur')
  const post = await threadBy(forum, 'Auteur')
  await admin.post('/admin/settings', { registration: 'approval' })
  const somebody = forum.passerBy()
  const form = await somebody.get('/register')
  t.equal((await somebody.submit(form, '#registration', { username: 'Philippine', password: PASSWORD })).status, 422)
  const asked = { username: 'Philippine', password: PASSWORD, reason: 'Une voisine.' }
  t.equal((await somebody.submit(form, '#registration', asked)).status, 303)
  const welcomed = await somebody.get('/')
  t.match(welcomed.text('.notice:not(.told)'), 'attend')
  t.match(welcomed.text('.told'), 'choisir une ville')
  for (const page of [welcomed, await somebody.get('/cities/nice'), await somebody.get('/threads')]) {
    t.equal(
      page.document.querySelector('main a[href^="/threads/new"]'),
      null,
      'nothing is offered that they may not do',
    )
  }
  const refused = await somebody.get('/threads/new')
  t.equal(refused.status, 403)
  t.match(refused.text('main'), 'attend d’être acceptée')
  t.equal((await somebody.follow(`/threads/${post.thread.id}`)).document.querySelector('form#reply'), null)
  const reply = () => somebody.post(`/threads/${post.thread.id}/replies`, { body: 'Bonjour.' })
  t.equal((await reply()).status, 403)
  t.match((await reply()).body, 'attend d’être acceptée')
  t.equal((await somebody.post('/threads', { title: 'Bonjour', body: 'Bonjour', boards: 'nice' })).status, 403)
  t.equal((await somebody.post(`/posts/${post.id}/flag`, { reason: 'spam' })).status, 403)

  const path = (await admin.get('/moderation')).document.querySelector('.cases a')?.getAttribute('href') ?? ''
  t.match((await admin.get(path)).body, 'Une voisine.')
  await confirmAddress(forum, 'Philippine')
  await admin.post(path, { decision: 'approve' })
  t.match((await somebody.get('/notifications')).body, 'acceptée')
  t.ok((await somebody.get('/')).document.querySelector('main a[href="/threads/new"]'))
  t.equal((await reply()).status, 303)

  const other = forum.passerBy()
  await other.post('/register', { ...asked, username: 'Robot' })
  await confirmAddress(forum, 'Robot')
  const second = (await admin.get('/moderation')).document.querySelector('.cases a')?.getAttribute('href') ?? ''
  await admin.post(second, { decision: 'dismiss', statement: 'Publicité.' })
  t.equal((await other.get('/notifications')).status, 303, 'their session has ended')
  t.match((await other.post('/login', { username: 'Robot', password: PASSWORD })).body, 'Publicité.')
  await other.post('/appeal', { body: 'Je suis une voisine.' })
  const appeal = (await admin.get('/moderation')).document.querySelector('.cases a')?.getAttribute('href') ?? ''
  t.equal((await admin.post(appeal, { decision: 'approve', statement: 'Une erreur.' })).status, 303)
  await other.post('/login', { username: 'Robot', password: PASSWORD })
  const written = await other.post(`/threads/${post.thread.id}/replies`, { body: 'Merci.' })
  t.equal(written.status, 303, 'they do not wait again, for nobody')

  await send(forum)
  const told = mailbox.received.map(({ subject, text }) => [subject, /https?:\S+/.exec(text ?? '')?.[0]])
  t.same(told.sort(), [
    ['[Contrechamp] Bienvenue sur le forum', `${forum.origin}/threads/new`],
    ['[Contrechamp] Demande d’inscription : réponse', `${forum.origin}/login`],
    ['[Contrechamp] Recours : réponse', `${forum.origin}/login?next=%2Fappeal`],
  ])
  t.equal((await other.get('/login?next=%2Fappeal')).location, '/appeal')
  t.notMatch(mailbox.received.map(({ text }) => text).join(), /Publicité|erreur/, 'the reasons are on the pages')
})

t.test('an invitation lets one person in, of however many at once', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Hannah', 'admin')
  await admin.post('/admin/settings', { registration: 'invitation' })
  t.equal((await forum.passerBy().get('/invitations')).status, 303)
  const made = (await admin.post('/invitations')).text('[data-invitation]')
  const code = new URL(made).searchParams.get('invitation') ?? ''
  const field = (await forum.passerBy().get(`/register?invitation=${code}`)).fields('#registration').invitation
  t.same(field, [code])
  const people = new Map<string, Person>()
  const join = (username: string, invitation: string) => {
    const person = forum.passerBy()
    people.set(username, person)
    return person.post('/register', { username, password: PASSWORD, invitation })
  }
  t.equal((await join('Philippine', '')).status, 422)
  t.equal((await join('Philippine', 'presque')).status, 422)
  const joined = await Promise.all(['Une', 'Deux', 'Trois'].map((name) => join(name, code)))
  t.same(joined.map(({ status }) => status).sort(), [303, 422, 422])
  const shown = async () => (await admin.get('/invitations')).text('main .lines')
  t.match(await shown(), /utilisée par (Une|Deux|Trois)$/)
  for (const person of people.values()) await person.post('/settings/data/leave', { password: PASSWORD, posts: 'keep' })
  t.match(await shown(), /utilisée par Membre parti$/, 'it can still be used by nobody else')
  const member = await forum.member('Zoé')
  const refused = await member.get('/invitations')
  t.equal(refused.status, 403)
  t.match(refused.text('main'), 'se font par la modération')
  t.equal((await member.post('/invitations')).status, 403)
})

t.test('a closed forum says so, and how to reach those who run it', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Hannah', 'admin')
  const { thread } = await threadBy(forum, 'Hannah')
  const somebody = forum.passerBy()
  const places = ['/', '/login', `/threads/${thread.id}/${thread.slug}`]
  const offers = async () => {
    const pages = await Promise.all(places.map((place) => somebody.get(place)))
    return pages.map(({ document }) => document.querySelectorAll('a[href^="/register"]').length)
  }
  t.same(await offers(), [2, 2, 2])
  await admin.post('/admin/settings', { registration: 'closed' })
  t.same(await offers(), [0, 0, 0], 'nowhere is it offered')
  t.match((await somebody.get('/login')).text('.sign-up'), 'n’accepte pas')
  const page = await somebody.get('/register')
  t.equal(page.status, 403)
  t.ok(page.document.querySelector('main a[href="/legal"]'))
  t.equal((await somebody.post('/register', { username: 'Philippine', password: PASSWORD })).status, 403)
})

t.test('a field that nobody sees is left empty, and a form takes time to fill in', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const somebody = forum.passerBy()
  const form = await somebody.get('/register')
  const filled = { username: 'Philippine', password: PASSWORD }
  const trapped = await somebody.post('/register', { ...filled, website: 'https://example.org' })
  t.equal(trapped.status, 422)
  t.equal(trapped.fields('#registration').username?.[0], 'Philippine')
  const quick = await somebody.submit(form, '#registration', filled)
  t.equal(quick.status, 422)
  t.match(quick.text('.problems'), 'plus vite')
  const shown = sign(forum.secret, 'form', (Date.now() - 2 * 86_400_000).toString(36))
  const late = await somebody.submit(form, '#registration', { ...filled, shown })
  t.match(late.text('.problems'), 'plus d’un jour')
  t.equal(late.fields('#registration').username?.[0], 'Philippine')
})
