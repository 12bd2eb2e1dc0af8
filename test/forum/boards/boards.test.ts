import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('finding one’s way by place and by technology', async (t) => {
  const forum = await startForum(t)
  const reader = forum.passerBy()
  await forum.member('Zoé')

  t.test('a new forum says what would be here, and offers to begin', async (t) => {
    const home = await reader.get('/')
    t.match(home.texts('.empty')[0], /premier peut être publié/)
    t.match((await reader.get('/cities/rennes')).text('.empty'), /Rennes/)
    t.match((await reader.get('/cities/rennes/drones')).text('.empty'), /Rennes et Drones/)
  })

  t.test('what is known of a crossing is told before anybody has written there', async (t) => {
    const board = await reader.get('/technologies/reconnaissance-faciale')
    t.same(board.texts('.met li'), ['Marseille', 'Nice'])
    t.match((await reader.get('/cities/nice/reconnaissance-faciale')).text('.lead'), /carnaval de 2018/)
    t.match((await reader.get('/cities/nice')).text('.met'), /Technologies en question/)
  })

  t.test('a thread is found in each of its boards and where two of them cross', async (t) => {
    await threadBy(forum, 'Zoé', {
      title: 'Le marché public des caméras',
      boards: ['marseille', 'nice', 'videosurveillance', 'big-data'],
    })
    for (const path of [
      '/cities/marseille',
      '/cities/nice?sort=new',
      '/technologies/videosurveillance',
      '/technologies/big-data?sort=new',
      '/cities/marseille/big-data',
      '/cities/nice/videosurveillance',
    ]) {
      t.same((await reader.get(path)).texts('.thread h3'), ['Le marché public des caméras'], path)
    }
    t.same((await reader.get('/cities/paris')).texts('.thread h3'), [])
    t.same((await reader.get('/cities/paris/big-data')).texts('.thread h3'), [])
  })

  t.test('the map counts what stands in each crossing', async (t) => {
    await threadBy(forum, 'Zoé', { boards: ['marseille', 'big-data'] })
    const home = await reader.get('/')
    const cell = (path: string) => home.text(`.map a[href="${path}"]`)
    t.equal(cell('/cities/marseille/big-data'), 'Marseille × Big Data, 2 sujets2')
    t.equal(cell('/cities/nice/videosurveillance'), 'Nice × Vidéosurveillance, 1 sujet1')
    t.match(cell('/cities/nimes/hypervision'), /connu, encore sans sujet/)
    t.match(cell('/cities/lille/drones'), /rien encore/, 'an empty crossing invites')
    t.equal(home.texts('.map tbody tr').length, 21)
    t.equal(home.texts('.map thead th').length, 12)
    t.match((await reader.get('/technologies')).text('.board-list'), /Big Data 2 2 sujets/)
    t.match((await reader.get('/cities')).text('.board-list'), /Marseille 2 2 sujets/)
    t.same((await reader.get('/cities')).texts('.board-list li:first-child .crossed li'), [
      'Big Data 2',
      'Vidéosurveillance 1',
      'Police prédictive',
    ])
  })

  t.test('the cities that a member follows stand first on their map, and on nobody else’s', async (t) => {
    const lea = await forum.member('Léa')
    const cities = async (of: typeof lea) => (await of.get('/')).texts('.map tbody:not(.rest) th')
    t.equal((await cities(lea))[0], 'Marseille')
    for (const city of ['lannion', 'nice']) await lea.post(`/boards/${city}/subscription`, { level: 'following' })
    await lea.post('/boards/metz/subscription', { level: 'muted' })
    t.same((await cities(lea)).slice(0, 3), ['Nice', 'Lannion', 'Marseille'])
    t.same((await lea.get('/')).texts('.map .own th'), ['Nice', 'Lannion'])
    t.equal((await cities(lea)).length, 12)
    t.equal((await cities(reader))[0], 'Marseille')
  })

  t.test('a reply brings a thread up in its boards; the newest thread is first by creation', async (t) => {
    const first = await threadBy(forum, 'Zoé', { title: 'Premier à Lyon', boards: ['lyon', 'drones'] })
    await threadBy(forum, 'Zoé', { title: 'Second à Lyon', boards: ['lyon', 'drones'] })
    const titles = async (path: string) => (await reader.get(path)).texts('.thread h3')
    t.same(await titles('/cities/lyon'), ['Second à Lyon', 'Premier à Lyon'])
    const zoe = forum.passerBy()
    await zoe.post('/login', { username: 'Zoé', password: 'quatre mots sans rapport' })
    await zoe.post(`/threads/${first.thread.id}/replies`, { body: 'Du nouveau.' })
    t.same(await titles('/cities/lyon'), ['Premier à Lyon', 'Second à Lyon'])
    t.same(await titles('/technologies/drones'), ['Premier à Lyon', 'Second à Lyon'])
    t.same(await titles('/cities/lyon/drones'), ['Premier à Lyon', 'Second à Lyon'])
    t.same(await titles('/cities/lyon?sort=new'), ['Second à Lyon', 'Premier à Lyon'])
  })

  t.test('the home page shows where most is being said, and what is new', async (t) => {
    await threadBy(forum, 'Zoé', { title: 'Très discuté', replies: 5 })
    await threadBy(forum, 'Zoé', { title: 'Tout nouveau' })
    const home = await reader.get('/')
    t.equal(home.text('.columns .thread h3'), 'Très discuté')
    const titles = home.texts('.thread h3')
    t.ok(titles.includes('Tout nouveau'))
    const addresses = [...home.document.querySelectorAll('.thread h3 a')].map((link) => link.getAttribute('href'))
    t.equal(new Set(addresses).size, titles.length, 'nothing stands there twice')
  })

  t.test('every board speaks English too', async (t) => {
    const visitor = forum.passerBy()
    visitor.language = 'en'
    t.equal((await visitor.get('/cities/bruxelles')).text('h1'), 'Brussels')
    t.match((await visitor.get('/technologies/police-predictive')).text('h1'), 'Predictive policing')
    t.match((await visitor.get('/cities/marseille/big-data')).text('.lead'), 'Public tranquillity observatory')
  })

  t.test('an address with a slash too many is the same page', async (t) => {
    t.equal((await forum.passerBy().get('/cities/nice/')).text('h1'), 'Nice')
  })

  t.test('what is not there says so, and leads on', async (t) => {
    for (const path of [
      '/cities/atlantide',
      '/technologies/marseille',
      '/cities/big-data',
      '/cities/marseille/nice',
      '/cities/marseille/rien',
    ]) {
      const visit = await reader.get(path)
      t.equal(visit.status, 404, path)
      t.match(visit.text('h1'), /n’existe pas/)
      t.ok(visit.document.querySelector('main a[href="/cities"]'))
    }
    t.equal((await reader.get('/cities/marseille?before=../../etc')).status, 400)
    t.equal((await reader.get('/cities/marseille?sort=random')).status, 400)
  })
})
