import { sql } from 'drizzle-orm'
import t from 'tap'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { startForum } from '../../support/forum.ts'
import type { Person } from '../../support/person.ts'
import { idOf, threadBy } from '../../support/threads.ts'

t.test('language and look', async (t) => {
  const forum = await startForum(t)

  t.test('a passer-by reads in the language of their browser, French when it has none of ours', async (t) => {
    for (const [accepted, language] of [
      ['en-GB,en;q=0.8', 'en'],
      ['de,en;q=0.5,fr;q=0.9', 'fr'],
      ['de-DE', 'fr'],
      ['', 'fr'],
    ] as const) {
      const visit = await forum.passerBy().get('/', { 'accept-language': accepted })
      t.equal(visit.document.documentElement.lang, language, accepted)
    }
  })

  t.test('and may choose another without an account', async (t) => {
    const reader = forum.passerBy()
    const home = await reader.get('/cities/nice')
    const sent = await reader.submit(home, '.colophon form', { language: 'en' })
    t.equal(sent.location, '/cities/nice#colophon')
    t.equal((await reader.get('/')).document.documentElement.lang, 'en')
    await reader.post('/settings', { theme: 'dark' })
    t.equal((await reader.get('/')).document.documentElement.dataset.theme, 'dark')
    await reader.post('/settings', { theme: 'auto' })
    t.equal((await reader.get('/')).document.documentElement.dataset.theme, undefined)
    const settings = await reader.get('/settings')
    t.equal(settings.fields('form.sheet').language?.join(), 'en')
    t.ok(settings.document.querySelector('main .notice a[href="/login?next=%2Fsettings"]'), 'said to be the browser’s')
  })

  t.test('a member’s choices follow them to every device', async (t) => {
    const here = await forum.member('Sacha')
    const page = await here.get('/settings')
    t.equal(page.document.querySelector('main .notice'), null)
    const sent = await here.submit(page, 'form.sheet', {
      language: 'en',
      theme: 'dark',
      biography: ' Riveraine du port : « vigie ». ',
    })
    t.equal(sent.location, '/settings?saved=1')
    t.match((await here.get('/settings?saved=1')).text('.notice'), 'Saved')
    const elsewhere = forum.passerBy()
    await elsewhere.post('/login', { username: 'Sacha', password: 'quatre mots sans rapport' })
    const home = await elsewhere.get('/')
    t.equal(home.document.documentElement.lang, 'en')
    t.equal(home.document.documentElement.dataset.theme, 'dark')
    t.equal(
      (await forum.passerBy().get('/members/Sacha')).text('.biography'),
      'Riveraine du port\u202f: «\u202fvigie\u202f».',
    )
  })

  t.test('times are said by the clock that a member has chosen, and pages say which', async (t) => {
    const far = await forum.member('Expatriée')
    const near = await forum.member('Voisine')
    const { thread } = await threadBy(forum, 'Voisine', { title: 'Une heure à dire', boards: ['nice'] })
    const moment = new Date('2026-03-01T22:30:00Z')
    await forum.database.execute(
      sql`update posts set created_at = ${moment.toISOString()} where thread_id = ${thread.id}`,
    )
    const shown = async (person: Person) => (await person.follow(`/threads/${thread.id}`)).text('.post time')
    const chosen = await far.submit(await far.get('/settings'), 'form.sheet', { time_zone: 'America/Montreal' })
    t.equal(chosen.status, 303)
    for (const turn of [1, 2]) {
      t.match(await shown(far), '17:30', `turn ${turn}`)
      t.match(await shown(near), '23:30')
      t.match(await shown(forum.passerBy()), '23:30')
    }
    t.match((await far.get('/')).text('.colophon'), 'Les heures sont celles du fuseau America/')
    t.match((await near.get('/')).text('.colophon'), 'Les heures sont celles du fuseau Europe/Paris')
    t.match((await far.get('/settings/email')).text('main'), 'Adresse')

    await forum.database.execute(sql`update members set time_zone = 'Europe/Kyjiv' where username = 'Expatriée'`)
    await far.post('/settings', { biography: 'Revenue.' })
    t.match(await shown(far), '23:30', 'a zone that only a newer runtime knows is the forum’s until then')
    const kept = (await far.get('/settings')).fields('form.sheet').time_zone?.join()
    t.equal(kept, 'Europe/Kyjiv', 'and stays chosen')
    const again = await far.submit(await far.get('/settings'), 'form.sheet', { biography: 'Encore.' })
    t.equal(again.status, 303)
    await far.post('/settings', { time_zone: '' })
    t.equal((await far.get('/settings')).fields('form.sheet').time_zone?.join(), '')

    for (const odd of ['Europe/Nulle-Part', '+02:00', '<b>']) {
      const refused = await far.post('/settings', { time_zone: odd })
      t.equal(refused.status, 422, odd)
      t.match(refused.text('#time_zone-problem'), 'fuseau')
    }
  })

  t.test('changing one thing leaves the others', async (t) => {
    const member = await forum.member('Camille')
    await member.post('/settings', { biography: 'Avocate.' })
    await member.post('/settings', { language: 'en' })
    t.equal((await member.get('/settings')).fields('form.sheet').biography?.join(), 'Avocate.')
  })

  t.test('what cannot be accepted comes back as it was typed', async (t) => {
    const member = await forum.member('Bavarde')
    const long = 'a'.repeat(1_001)
    const sent = await member.post('/settings', { biography: long, language: 'en' })
    t.equal(sent.status, 422)
    t.equal(sent.fields('form.sheet').biography?.join(), long)
    const odd = await member.post('/settings', { language: 'klingon' })
    t.equal(odd.status, 422)
  })
})

t.test('profiles', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')

  t.test('are found by any spelling of the name, at one address', async (t) => {
    const visit = await forum.passerBy().get('/members/zoe')
    t.equal(visit.status, 301)
    t.equal(visit.location, '/members/Zo%C3%A9')
    const profile = await forum.passerBy().follow('/members/zoe')
    t.equal(profile.text('h1'), 'Zoé')
    t.match(profile.text('.empty'), /Aucun message/)
  })

  t.test('lead to older posts where there are any', async (t) => {
    await forum.member('Prolixe')
    const { thread } = await threadBy(forum, 'Prolixe', { replies: 19 })
    const full = await forum.passerBy().get('/members/Prolixe')
    t.equal(full.texts('.excerpt').length, 20)
    t.equal(full.texts('.threads > li').length, 1, 'under the title of their thread')
    t.notOk(full.document.querySelector('a[rel=next]'), 'a page that holds all of them is the last')

    const author = { id: await idOf(forum, 'Prolixe'), role: 'member' as const, language: 'fr' as const }
    await replyToThread(forum, { thread: thread.id, author, body: 'Encore un mot.' })
    const newest = await forum.passerBy().get('/members/Prolixe')
    t.match(newest.text('.head .about'), /21 messages$/, 'all of them are counted')
    const next = newest.document.querySelector('a[rel=next]')?.getAttribute('href') ?? ''
    const older = await forum.passerBy().get(next)
    t.equal(older.texts('.excerpt').length, 1)
    t.match(older.text('.threads > li'), 'Voici le relevé.')
  })

  t.test('list threads and replies apart, and say what somebody mostly writes about', async (t) => {
    const own = await threadBy(forum, 'Zoé', { title: 'Le mien', boards: ['metz', 'drones'], replies: 1 })
    await forum.member('Yann')
    const { thread } = await threadBy(forum, 'Yann', { title: 'Celui de Yann', boards: ['metz'] })
    const author = { id: await idOf(forum, 'Zoé'), role: 'member' as const, language: 'fr' as const }
    await replyToThread(forum, { thread: thread.id, author, body: 'Une question : laquelle ?' })
    const shown = async (query: string) => (await forum.passerBy().get(`/members/Zo%C3%A9${query}`)).texts('.thread h3')
    t.same(await shown(''), ['Celui de Yann', 'Le mien'])
    t.same(await shown('?show=threads'), ['Le mien'])
    t.same(await shown('?show=replies'), ['Celui de Yann', 'Le mien'])
    t.same(await shown(`?show=threads&before=${own.thread.id}`), [])
    const profile = await forum.passerBy().get('/members/Zo%C3%A9')
    t.same(profile.texts('.head .boards li'), ['Metz', 'Drones'])
    t.match(profile.text('.head .about'), /1 sujet 2 réponses$/)
    t.ok(profile.document.querySelector('.thread .about a[href$="#post-2"]'), 'each leads to its place')
    t.match((await forum.passerBy().get('/members/Yann?show=replies')).text('.empty'), 'Aucune réponse')
    t.equal((await forum.passerBy().get('/members/Yann?show=secrets')).status, 400)
  })

  t.test('of nobody are not found', async (t) => {
    const visit = await forum.passerBy().get('/members/personne-de-ce-nom')
    t.equal(visit.status, 404)
    t.match(visit.text('h1'), /Personne/)
  })
})
