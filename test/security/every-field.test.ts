import fc from 'fast-check'
import type { InjectOptions, RouteOptions } from 'fastify'
import t from 'tap'
import { openSessions } from '../../src/forum/members/sessions/lucia.ts'
import { buildApp } from '../../src/web/app.ts'
import { startForum } from '../support/forum.ts'
import { fromSchema } from '../support/from-schema.ts'
import { tokenOf } from '../support/program.ts'
import { idOf, threadBy } from '../support/threads.ts'

/** Requests for each route. `FUZZ_RUNS=200 FUZZ_SEED=7` tries more, and others. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 3)
const SEED = Number(process.env.FUZZ_SEED ?? 1)

/** What there is, by the name of the field that means it. Nobody whom the requests come from is among them. */
const KNOWN = {
  ...{
    slug: ['nice', 'big-data'],
    technology: ['big-data', 'drones'],
    boards: ['nice', 'drones'],
    board: ['nice', ''],
  },
  ...{
    id: ['1', '2', '3'],
    number: ['1', '2'],
    username: ['Cible'],
    author: ['Cible', 'Zoé'],
    token: ['rien'],
    code: ['123456'],
  },
  ...{ to: ['1', '2'], into: ['2'], numbers: ['2', '3'], thread: ['1'], reply_to: ['1', ''], version: ['1', '2'] },
  ...{ title: ['Relevé de caméras', 'Un autre titre'], body: ['Bonjour @Cible, voir #1.'], next: ['/', '/cities'] },
  ...{
    password: ['une phrase de passe neuve'],
    email: ['cible@exemple.fr'],
    url: ['https://exemple.fr/#post-1', '/posts/1'],
  },
  ...{
    before: ['', '2026-01-01'],
    after: ['', '2026-01-01', '0'],
    q: ['caméra', '"relevé de caméras" -rien'],
    part: ['1'],
  },
  ...{ statement: ['Pour cette raison.'], reason: ['spam', 'Pour cette raison.', 'other'], note: ['Voici pourquoi.'] },
}

/** Ways to change what every object is, added to what is sent. */
const POLLUTING = [
  '{"__proto__":{"polluted":"yes"}}',
  '{"constructor":{"prototype":{"polluted":"yes"}}}',
  '{"__proto__[polluted]":"yes","constructor.prototype.polluted":"yes","__proto__":"yes"}',
]

const written = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** As a form or a query. */
const asFields = (fields: unknown): string =>
  Object.entries(Object(fields))
    .flatMap(([name, value]) =>
      [value].flat().map((one) => `${name}=${encodeURIComponent(written(one).toWellFormed())}`),
    )
    .join('&')

t.test('whatever stands in whatever field of whatever route, it is no fault of ours', async (t) => {
  const forum = await startForum(t, { LOG_LEVEL: 'error' })
  const names = ['Zoé', 'Mira', 'Alma'] as const
  const zoe = await forum.member('Zoé')
  await forum.member('Mira', 'moderator')
  await forum.member('Alma', 'admin')
  await forum.member('Cible')
  for (const title of ['Relevé', 'Deuxième relevé', 'Troisième relevé'])
    await threadBy(forum, 'Cible', { title, replies: 2 })
  const authorization = `Bearer ${await tokenOf(zoe, 'read', 'write', 'moderate')}`
  const ids = await Promise.all(names.map((name) => idOf(forum, name)))
  const sessions = openSessions(forum)
  const routes: RouteOptions[] = []
  const app = await buildApp(forum, (unfinished) => {
    unfinished.addHook('onRoute', (route) => void routes.push({ ...route }))
  })
  t.teardown(() => app.close())
  await app.ready()

  /** Somebody in a new session: what was sent before may have ended the last one. */
  async function headersOf(who: number, { config }: RouteOptions): Promise<Record<string, string>> {
    if (config?.byToken) return who === 0 ? {} : { authorization }
    const id = ids[who - 1]
    if (id === undefined) return {}
    return { cookie: `${sessions.sessionCookieName}=${(await sessions.createSession(id, { device: '' })).id}` }
  }

  const requestsTo = (route: RouteOptions) =>
    fc.record({
      who: fc.nat({ max: names.length }),
      params: fromSchema(route.schema?.params, KNOWN),
      query: fromSchema(route.schema?.querystring ?? { properties: {} }, KNOWN),
      body: fromSchema(route.schema?.body ?? { properties: {} }, KNOWN),
      polluting: fc.option(fc.constantFrom(...POLLUTING), { freq: 4 }),
      accept: fc.constantFrom('text/html', 'application/json', '*/*'),
    })

  type Sent = ReturnType<typeof requestsTo> extends fc.Arbitrary<infer One> ? One : never

  async function send(route: RouteOptions, { who, params, query, body, polluting, accept }: Sent): Promise<number> {
    const values: Record<string, unknown> = Object(params)
    const path = route.url.replace(/:(\w+)/g, (_whole, name: string) =>
      encodeURIComponent(written(values[name] ?? '1').toWellFormed()),
    )
    const search = asFields(query)
    const isGet = route.method === 'GET'
    const more = polluting === null ? {} : JSON.parse(polluting)
    const asJson = Boolean(route.config?.byToken)
    const request: InjectOptions = {
      method: isGet ? 'GET' : 'POST',
      url: search ? `${path}?${search}` : path,
      headers: { accept, origin: forum.origin, ...(await headersOf(who, route)) },
    }
    if (typeof route.method === 'string' && !isGet) Object.assign(request, { method: route.method })
    if (isGet) return (await app.inject(request)).statusCode
    // Written by hand: an object with a field `__proto__` would lose it.
    const own = JSON.stringify(body) ?? '{}'
    const json =
      polluting === null
        ? own
        : own.replace(/^\{(?=(.?))/, (_brace, next) => `${polluting.slice(0, -1)}${next === '}' ? '' : ','}`)
    const type = asJson ? 'application/json' : 'application/x-www-form-urlencoded'
    const payload = asJson
      ? json
      : [asFields(body), asFields(more), polluting && '__proto__=x&toString=x'].filter(Boolean).join('&')
    return (await app.inject({ ...request, headers: { ...request.headers, 'content-type': type }, payload })).statusCode
  }

  t.ok(routes.length > 120, 'all routes are found')
  for (const route of routes) {
    if (Array.isArray(route.method) || route.url.includes('*')) continue
    const property = fc.asyncProperty(requestsTo(route), async (sent) => {
      const status = await send(route, sent)
      return status >= 200 && status < 500
    })
    await t.resolves(
      fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true }),
      `${route.method} ${route.url}`,
    )
  }
  t.same(forum.logged, [], 'nothing failed that was answered all the same')
  t.equal(Reflect.get({}, 'polluted'), undefined, 'objects are what they were')
  t.equal((await zoe.get('/threads/1')).status, 301, 'and what was there is there')
})
