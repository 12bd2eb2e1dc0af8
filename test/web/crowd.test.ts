import t from 'tap'
import { networkDigest } from '../../src/platform/rate-limits/rate-limits.ts'
import { fetchRaw } from '../support/fetch-raw.ts'
import { startForum, type TestForum } from '../support/forum.ts'
import type { Visit } from '../support/person.ts'
import { tokenOf } from '../support/program.ts'
import { threadBy } from '../support/threads.ts'
import { until } from '../support/until.ts'

const ADDRESSES = 5_000

/** An address of its own for each: a proxy on this machine says who asks. */
const from = (index: number) => ({ 'x-forwarded-for': `203.${index >> 16}.${(index >> 8) & 255}.${index & 255}` })

/** Strangers who ask, each from an address of their own, for pages that nobody has asked for before. */
class Scrapers {
  readonly statuses = new Map<number, number>()
  private readonly forum: TestForum
  private asked = 0

  constructor(forum: TestForum) {
    this.forum = forum
  }

  /** Twenty of them at once go on until it is over. */
  async ask(isOver: (asked: number) => boolean): Promise<void> {
    const askOn = async () => {
      while (!isOver(this.asked)) {
        const index = this.asked++
        const { status } = await fetchRaw(this.forum.origin, `/cities/nice?page=${index}`, from(index % ADDRESSES))
        this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1)
      }
    }
    await Promise.all(Array.from({ length: 20 }, askOn))
  }
}

t.test('five thousand addresses that each ask for another page', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Au calme' })
  const kept = `/threads/${thread.id}/${thread.slug}`
  const token = { authorization: `Bearer ${await tokenOf(zoe, 'read')}`, ...from(1) }
  t.equal((await forum.passerBy().get(kept, from(70_000))).status, 200)

  const scrapers = new Scrapers(forum)
  await scrapers.ask((asked) => asked >= ADDRESSES)
  t.same([...scrapers.statuses.keys()].sort(), [200, 429])
  t.ok((scrapers.statuses.get(429) ?? 0) > ADDRESSES / 4, 'many are told to come back')
  // On a slow machine, too: what a page counts for has a most.
  t.ok((scrapers.statuses.get(200) ?? 0) >= 20, 'and some are read')

  // They go on while everybody else is here.
  let isOver = false
  const crowd = scrapers.ask(() => isOver)

  t.test('are told when, in words and for programs', async (t) => {
    const refusedAt = async (path: string): Promise<Visit> => {
      let visit = await forum.passerBy().get(path, from(80_000))
      await until(async () => {
        if (visit.status !== 429) visit = await forum.passerBy().get(path, from(80_000))
        return visit.status === 429
      })
      return visit
    }
    const refused = await refusedAt('/search?q=drones')
    t.ok(Number(refused.headers.get('retry-after')) > 0)
    t.match(refused.body, /Celle-ci pourra l’être de nouveau dans \d+ s\./)
    t.equal(refused.headers.get('cache-control'), 'private, no-store')
    for (const path of ['/threads.atom', '/threads/1.md', '/api/v1/threads', '/sitemap.xml', '/threads?before=x']) {
      t.equal((await refusedAt(path)).status, 429, path)
    }
  })

  t.test('take nothing from members, by session or token', async (t) => {
    for (const path of ['/', kept, '/search?q=calme', '/threads.atom', '/notifications', '/cities/nice?new=1']) {
      t.equal((await zoe.get(path, from(2))).status, 200, path)
    }
    t.equal((await forum.passerBy().get('/api/v1/threads', token)).status, 200)
  })

  t.test('nor the kept page from anybody, in another look where there is no other', async (t) => {
    t.equal((await forum.passerBy().get(kept, from(90_000))).status, 200)
    const english = forum.passerBy()
    english.language = 'en'
    english.setCookie('theme', 'dark')
    t.equal((await english.get(kept, from(90_001))).status, 200)
    // Who was a member once is one of the strangers.
    const former = forum.passerBy()
    former.setCookie('session', 'une-session-qui-a-pris-fin')
    t.equal((await former.get(kept, from(90_002))).status, 200)
  })

  t.test('nor the ways in, nor the share of who comes by an onion service', async (t) => {
    for (const path of ['/login', '/register', '/healthz', '/robots.txt']) {
      t.equal((await forum.passerBy().get(path, from(90_003))).status, 200, path)
    }
    const login = { username: 'Zoé', password: 'quatre mots sans rapport' }
    t.equal((await forum.passerBy().post('/login', login, from(90_004))).status, 303)
    t.equal((await forum.passerBy().get('/search?q=drones')).status, 200, 'this machine’s own')
  })

  isOver = true
  await crowd
  t.match(forum.logged.join('\n'), /strangers ask for more pages/)
  t.notMatch(forum.logged.join('\n'), /203\.\d+\./)
})

t.test('one network that asks for very much', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const read = async (address: string) =>
    (await forum.passerBy().get(`/cities/nice?by=${address}`, { 'x-forwarded-for': address })).status
  const statuses: number[] = []
  while (statuses.length < 390 && statuses.at(-1) !== 429) {
    statuses.push(await read(`2001:db8:1:2::${statuses.length.toString(16)}`))
  }
  t.equal(statuses.at(-1), 429, 'reads its share, by whatever addresses of its /64')
  t.ok(statuses.length > 10, 'which is some pages')
  t.equal(await read('2001:db8:2::1'), 200, 'others are not concerned')
})

t.test('without limits, everybody reads on', async (t) => {
  const forum = await startForum(t)
  const scrapers = new Scrapers(forum)
  await scrapers.ask((asked) => asked >= 600)
  t.same([...scrapers.statuses.keys()], [200])
})

t.test('what stands for a network is another the next day', async (t) => {
  const request = { ip: '203.0.113.7' }
  const { now } = Date
  t.teardown(() => {
    Date.now = now
  })
  const today = networkDigest(request)
  t.equal(networkDigest(request), today)
  t.not(networkDigest({ ip: '203.0.113.8' }), today)
  Date.now = () => now() + 86_400_000
  const tomorrow = networkDigest(request)
  t.not(tomorrow, today)
  Date.now = now
  t.not(networkDigest(request), today, 'and the key of before is gone for good')
})
