import t from 'tap'
import { startForum } from '../../support/forum.ts'

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
    t.equal((await reader.get('/settings')).fields('form.sheet').language?.join(), 'en')
  })

  t.test('a member’s choices follow them to every device', async (t) => {
    const here = await forum.member('Sacha')
    const page = await here.get('/settings')
    const sent = await here.submit(page, 'form.sheet', {
      language: 'en',
      theme: 'dark',
      biography: ' Riveraine du port. ',
    })
    t.equal(sent.location, '/settings?saved=1')
    t.match((await here.get('/settings?saved=1')).text('.notice'), 'Saved')
    const elsewhere = forum.passerBy()
    await elsewhere.post('/login', { username: 'Sacha', password: 'quatre mots sans rapport' })
    const home = await elsewhere.get('/')
    t.equal(home.document.documentElement.lang, 'en')
    t.equal(home.document.documentElement.dataset.theme, 'dark')
    t.equal((await forum.passerBy().get('/members/Sacha')).text('.biography'), 'Riveraine du port.')
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

  t.test('of nobody are not found', async (t) => {
    const visit = await forum.passerBy().get('/members/personne-de-ce-nom')
    t.equal(visit.status, 404)
    t.match(visit.text('h1'), /Personne/)
  })
})
