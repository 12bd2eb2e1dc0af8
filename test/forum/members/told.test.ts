import t from 'tap'
import { firstAdminLink } from '../../../src/forum/members/first-admin.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('what was done', async (t) => {
  const forum = await startForum(t)

  t.test('whoever signs up is welcomed with the next step, the first administrator with theirs', async (t) => {
    const link = new URL((await firstAdminLink(forum)) ?? '')
    const first = forum.passerBy()
    const form = await first.get(link.pathname + link.search)
    const made = await first.submit(form, 'form.sheet', { username: 'Fondatrice', password: PASSWORD })
    const home = await first.follow(made.location ?? '')
    t.match(home.text('.told'), 'le compte d’administration est créé')
    t.ok(home.document.querySelector('.told a[href="/threads/new"]'))
    t.ok(home.document.querySelector('.account a[href^="/admin"]'), 'and finds the way to administration')

    const nadia = forum.passerBy()
    const made2 = await nadia.post('/register', { username: 'Nadia', password: PASSWORD })
    const shown = await nadia.follow(made2.location ?? '')
    t.match(shown.text('.told'), 'Bienvenue, Nadia')
    t.ok(shown.document.querySelector('.told a[href="/cities"]'))
    t.equal(shown.document.querySelector('.account a[href^="/admin"]'), null)
    const karim = forum.passerBy()
    const made3 = await karim.post('/register', {
      ...{ username: 'Karim', password: PASSWORD, city: 'nice', email: 'karim@exemple.fr' },
    })
    const told = await karim.follow(made3.location ?? '')
    t.match(told.text('.told'), 'Nice est suivi.')
    t.match(told.text('.told'), 'Un lien vient d’être envoyé à l’adresse donnée')
    t.ok(told.document.querySelector('.told a[href="/settings/email"]'))
  })

  t.test('is said once, to who did it, on a page that members share too', async (t) => {
    const zoe = await forum.member('Zoé')
    const other = await forum.member('Autre')
    const { thread } = await threadBy(forum, 'Zoé')
    const path = `/threads/${thread.id}/${thread.slug}`
    await other.get(path)
    await zoe.post(`/threads/${thread.id}/subscription`, { level: 'muted', next: path })
    t.match((await zoe.get(path)).text('.told'), 'Relevé de caméras est ignoré')
    t.equal((await other.get(path)).text('.told'), '')
    t.equal((await zoe.get(path)).text('.told'), '')
  })

  t.test('is never what somebody has made up, nor said to people without an account', async (t) => {
    const zoe = await forum.member('Zoé2')
    const packed = (told: unknown) => Buffer.from(JSON.stringify(told)).toString('base64url')
    for (const carried of [
      'x',
      '%',
      packed(null),
      packed([{ key: 'site.name', values: {} }]),
      packed([{ key: 'done.welcome', values: { name: {} } }]),
      packed(Array(50).fill({ key: 'done.deleted', values: {} })),
    ]) {
      zoe.setCookie('told', carried)
      const page = await zoe.get('/cities')
      t.equal(page.status, 200)
      t.equal(page.text('.told'), '', carried.slice(0, 20))
    }
    const stranger = forum.passerBy()
    stranger.setCookie('told', packed([{ key: 'done.welcome', values: { name: 'Zoé' } }]))
    for (const path of ['/', '/cities/nice']) t.equal((await stranger.get(path)).text('.told'), '')
    t.equal((await forum.passerBy().get('/')).text('.told'), '')
  })
})
