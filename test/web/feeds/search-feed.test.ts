import { parseAtomFeed, parseJsonFeed } from 'feedsmith'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('what is new in a search', async (t) => {
  const forum = await startForum(t)
  const reader = forum.passerBy()
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', {
    title: 'Drones à la gare',
    body: 'Un **drone** est passé.',
    boards: ['nice'],
  })
  await threadBy(forum, 'Zoé', { title: 'Autre chose', body: 'Encore un drone, à Marseille.' })
  const atom = async (query: string, headers = {}) => {
    const visit = await reader.get(`/search.atom?${query}`, headers)
    t.equal(visit.status, 200, query)
    const feed = parseAtomFeed(visit.body)
    return { visit, feed, titles: (feed.entries ?? []).map(({ title }) => title?.value) }
  }

  t.test('has the whole posts, the newest first, in both formats', async (t) => {
    const { feed, titles } = await atom('q=drone')
    t.same(titles, ['Autre chose', 'Drones à la gare'])
    t.match(feed.entries?.[1]?.content?.value, '<strong>drone</strong>')
    const asJson = parseJsonFeed((await reader.get('/search.json?q=drone')).body)
    t.same(
      asJson.items?.map(({ id }) => id),
      feed.entries?.map(({ id }) => id),
    )
    t.equal(asJson.feed_url, `${forum.origin}/search.json?q=drone`)
    t.equal(asJson.home_page_url, `${forum.origin}/search?q=drone`)
  })

  t.test(
    'is known again by its tag, and by the moment that was told with it, which no other language has',
    async (t) => {
      const { visit } = await atom('q=drone')
      const tag = { 'if-none-match': visit.headers.get('etag') ?? '' }
      t.equal((await reader.get('/search.atom?q=drone', tag)).status, 304)
      const moment = { 'if-modified-since': visit.headers.get('last-modified') ?? '' }
      t.ok(Date.parse(moment['if-modified-since']) <= Date.now())
      t.equal((await reader.get('/search.atom?q=drone', moment)).status, 304)
      const english = forum.passerBy()
      english.language = 'en'
      t.equal((await english.get('/search.atom?q=drone', moment)).status, 200)
    },
  )

  t.test('takes all that a search takes', async (t) => {
    t.same((await atom('q=drone&board=nice')).titles, ['Drones à la gare'])
    t.same((await atom('q=drone+-marseille')).titles, ['Drones à la gare'])
    t.same((await atom(`q=drone&thread=${thread.id}`)).titles, ['Drones à la gare'])
    for (const query of [
      '',
      'q=',
      'q=girafe',
      'q=drone+girafe',
      'q=%00&after=jamais&board=nulle-part',
      `q=${'mot+'.repeat(2_000)}`,
    ]) {
      t.same((await atom(query)).titles, [], query.slice(0, 40))
    }
  })

  t.test('follows what is written and removed', async (t) => {
    const { visit } = await atom('q=drone')
    const before = { 'if-modified-since': visit.headers.get('last-modified') ?? '' }
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Le drone revient.' })
    t.same((await atom('q=drone', before)).titles, ['Drones à la gare, message 2', 'Autre chose', 'Drones à la gare'])
    const moderator = await forum.member('Léa', 'moderator')
    await moderator.post(`/threads/${thread.id}/remove`)
    t.same((await atom('q=drone')).titles, ['Autre chose'])
  })

  t.test('is known again, and leads to the host that was asked', async (t) => {
    const { visit } = await atom('q=drone')
    const again = await reader.get('/search.atom?q=drone', { 'if-none-match': visit.headers.get('etag') ?? '' })
    t.equal(again.status, 304)
    const onion = await atom('q=drone', { 'x-forwarded-host': 'abcdefghijklmnop.onion' })
    t.ok(onion.visit.body.includes('http://abcdefghijklmnop.onion/search.atom?q=drone'))
    t.notOk(onion.visit.body.includes(new URL(forum.origin).host))
  })

  t.test('is found from the page of the search', async (t) => {
    const page = await reader.get('/search?q=drone&sort=new&board=nice')
    const link = page.document.querySelector('link[rel=alternate][type="application/atom+xml"]')
    t.equal(link?.getAttribute('href'), '/search.atom?q=drone&board=nice')
    t.equal((await reader.get('/search')).document.querySelector('link[rel=alternate]'), null)
  })
})
