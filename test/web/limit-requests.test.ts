import { once } from 'node:events'
import { sql } from 'drizzle-orm'
import type { RouteOptions } from 'fastify'
import t from 'tap'
import { WebSocket } from 'ws'
import { buildApp } from '../../src/web/app.ts'
import { startForum, type TestForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

const MOST_BY_MEMBER = 120

/** How many attempts have been made. */
async function counted({ database }: TestForum): Promise<number> {
  const { rows } = await database.execute<{ sum: number }>(
    sql`select coalesce(sum(count), 0)::int as sum from attempts`,
  )
  return rows[0]?.sum ?? 0
}

t.test('whatever can be sent has a limit', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const routes: RouteOptions[] = []
  const app = await buildApp(forum, (unfinished) => {
    unfinished.addHook('onRoute', (route) => void routes.push(route))
  })
  t.teardown(() => app.close())
  // Programs have one limit for all that they ask: `test/web/api/hostile.test.ts`.
  const sent = routes.filter(({ method, config }) => method === 'POST' && !config?.byToken)
  // Each of these counts what it does: tests of theirs try it.
  const OF_THEIR_OWN = [
    '/login',
    '/posts/:id/delete',
    '/posts/:id/hide',
    '/posts/:id/restore',
    '/posts/:id/show',
    '/preview',
    '/register',
    '/threads/:id/replies',
  ]
  t.same(
    sent
      .filter(({ config }) => config?.countsItself)
      .map(({ url }) => url)
      .sort(),
    OF_THEIR_OWN,
  )

  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const { cookieHeader } = zoe
  for (const { url } of sent.filter(({ config }) => !config?.countsItself)) {
    const path = url.replace(':slug', 'nice').replace(':technology', 'drones').replace(/:\w+/, '999')
    const send = (cookie: string) =>
      app.inject({ method: 'POST', url: path, headers: { cookie, accept: 'text/html', origin: forum.origin } })
    // These end with the session.
    if (url === '/logout') continue
    const before = await counted(forum)
    t.not((await send(cookieHeader)).statusCode, 429, url)
    t.equal((await counted(forum)) - before, 1, `${url} is counted`)
    // The next is the last; `following, reading and live windows` sends all of them.
    await forum.database.execute(sql`update attempts set count = ${MOST_BY_MEMBER - 1} where count = 1`)
    t.not((await send(cookieHeader)).statusCode, 429, url)
    const refused = await send(cookieHeader)
    t.equal(refused.statusCode, 429, url)
    t.ok(Number(refused.headers['retry-after']) > 0)
    t.match(refused.body, /Réessayer dans 1 min/)
    t.not((await send(karim.cookieHeader)).statusCode, 429, 'others are not concerned')
  }
})

t.test('following, reading and live windows', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  for (const [path, fields] of [
    ['/boards/nice/subscription', { level: 'following' }],
    [`/threads/${thread.id}/subscription`, { level: 'watching' }],
    [`/threads/${thread.id}/read`, { number: '1' }],
    ['/notifications/read', {}],
  ] as const) {
    for (let time = 0; time < MOST_BY_MEMBER; time += 1) {
      const { status } = await zoe.post(path, fields)
      if (status !== 303 && status !== 204) t.fail(`${path}: ${status}`)
    }
    t.equal((await zoe.post(path, fields)).status, 429, path)
  }

  const address = `${forum.origin.replace('http', 'ws')}/live?thread=${thread.id}&after=1`
  const open = async (cookie: string) => {
    const window = new WebSocket(address, { origin: forum.origin, headers: { cookie } })
    const status = await Promise.race([
      once(window, 'open').then(() => 101),
      once(window, 'unexpected-response').then(([, { statusCode }]) => Number(statusCode)),
    ])
    window.on('error', () => {}).terminate()
    return status
  }
  for (let time = 0; time < MOST_BY_MEMBER; time += 1) {
    const status = await open(zoe.cookieHeader)
    if (status !== 101 && status !== 503) t.fail(`live: ${status}`)
  }
  t.equal(await open(zoe.cookieHeader), 429)
  t.equal(await open(''), 101, 'those who are not signed in have one of their own')
})

t.test('strangers beyond the limit of their place wait for each other, and none is refused', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const send = () => forum.passerBy().post('/reset/nothing', { password: 'quatre mots sans rapport' })
  const statuses = new Set<number>()
  for (let round = 0; round < 31; round += 1) {
    for (const { status } of await Promise.all(Array.from({ length: 20 }, send))) statuses.add(status)
  }
  t.notOk(statuses.has(429), [...statuses].join())
})
