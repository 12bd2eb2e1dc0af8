import { createPublicKey, verify } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { imposeSanction } from '../../../src/forum/moderation/impose-sanction.ts'
import { tellBrowsers } from '../../../src/forum/push/tell-browsers.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import type { Person } from '../../support/person.ts'
import { startReceiver } from '../../support/receiver.ts'
import { idOf, threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'
import { LOOPBACK } from '../../support/webhooks.ts'

const add = (person: Person, address: string) => person.post('/settings/push', { address })
const parsed = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString())

/** Whether a push service would take it as the forum's (RFC 8292): what it says, signed with the key that is named. */
function vouched(authorization = ''): { aud: string; key: string } | null {
  const [, token = '', key = ''] = authorization.match(/^vapid t=([\w.-]+), k=([\w-]+)$/) ?? []
  const [head, claims, signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
  const signed = Buffer.from(`${head}.${claims}`)
  const isRight = verify(
    'sha256',
    signed,
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  return isRight ? { aud: parsed(claims).aud, key } : null
}

t.test('who has asked to be told at once', async (t) => {
  const forum = await startForum(t, LOOPBACK)
  const service = await startReceiver(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const { thread } = await threadBy(forum, 'Karim')
  const author = { id: await idOf(forum, 'Karim'), role: 'member', language: 'fr' } as const
  const mention = () => replyToThread(forum, { thread: thread.id, author, body: 'Un secret pour @Zoé' })
  const told = async () => {
    const before = service.received.length
    await tellBrowsers(forum)
    return service.received.slice(before)
  }
  const browsers = async () =>
    (await forum.database.execute(sql`select member_id, address::text as address from push_browsers`)).rows

  await t.test('is, by an empty message that is shown to be the forum’s', async (t) => {
    t.equal((await add(zoe, `${service.origin}/zoe`)).status, 204)
    t.same(await told(), [], 'nothing is new yet')
    await mention()
    const [message, ...more] = await told()
    t.same(more, [])
    t.match(message, { path: '/zoe', body: '', headers: { ttl: '86400' } })
    const said = vouched(message?.headers.authorization)
    t.equal(said?.aud, service.origin)
    const page = await zoe.get('/settings/email')
    t.match(page.body, `data-push="${said?.key}"`, 'with the key that browsers were given')
    t.notMatch(JSON.stringify(message), /secret|Zoé|Karim/)
    t.notMatch(JSON.stringify(await browsers()), Buffer.from(service.origin).toString('hex'), 'the address is sealed')
  })

  await t.test('once for all that comes while they do not read', async (t) => {
    await mention()
    t.equal((await told()).length, 1)
    t.same(await told(), [])
    await mention()
    const both = await Promise.all([told(), told()])
    t.equal(new Set(both.flat()).size, 1, 'also where two processes look at once')
    await zoe.post('/notifications/read')
    t.same(await told(), [])
  })

  await t.test('not while they are shut out, nor where the browser wants nothing more', async (t) => {
    await mention()
    await imposeSanction(forum, { username: 'Zoé', kind: 'ban', by: null, reason: 'Insultes', days: 1 })
    t.same(await told(), [])
    await forum.database.execute(sql`update members set banned_at = null`)
    service.answer = (_request, response) => response.writeHead(503).end()
    t.equal((await told()).length, 1)
    t.equal((await browsers()).length, 1, 'a service that fails may be back')
    await mention()
    service.answer = (_request, response) => response.writeHead(410).end()
    t.equal((await told()).length, 1)
    t.same(await browsers(), [])
  })

  await t.test('in no more browsers than ten, none of them in a private network', async (t) => {
    await zoe.post('/login', { username: 'Zoé', password: PASSWORD })
    for (const address of ['http://10.0.0.1/x', 'http://[::1]:8080/', 'file:///etc/passwd', 'https://localhost/'])
      t.equal((await add(zoe, address)).status, 422, address)
    const answers = await Promise.all(Array.from({ length: 12 }, (_, one) => add(zoe, `${service.origin}/${one}`)))
    t.equal(answers.filter(({ status }) => status === 204).length, 10)
    const page = await zoe.get('/settings/email')
    t.equal(page.texts('#push li').length, 10)
    await zoe.submit(page, '#push li form', {})
    t.equal((await zoe.get('/settings/email')).texts('#push li').length, 9)
  })

  await t.test('while services that never answer are asked, the others are', async (t) => {
    const nour = await forum.member('Nour')
    await Promise.all(Array.from({ length: 5 }, (_, one) => add(nour, `${service.origin}/nour-${one}`)))
    const unanswered: ServerResponse[] = []
    service.answer = (_request, response) => unanswered.push(response)
    await replyToThread(forum, { thread: thread.id, author, body: 'Pour @Zoé et @Nour' })
    const all = (await browsers()).length
    t.ok(all > 10)
    const asked = told()
    await until(() => unanswered.length === all)
    for (const response of unanswered) response.end()
    t.equal((await asked).length, all)
  })

  await t.test('a browser tells who used it last, and nobody when they leave', async (t) => {
    t.equal((await add(karim, `${service.origin}/11`)).status, 204)
    const removed = await zoe.post('/settings/push/1/remove')
    t.equal(removed.status, 303)
    const mine = (await browsers()).filter(({ member_id }) => Number(member_id) === author.id)
    t.equal(mine.length, 1, 'nobody removes another’s')
    await karim.post('/settings/data/leave', { password: PASSWORD, posts: 'keep' })
    t.notOk((await browsers()).some(({ member_id }) => Number(member_id) === author.id))
    t.equal((await forum.passerBy().post('/settings/push', { address: `${service.origin}/x` })).status, 401)
  })
})
