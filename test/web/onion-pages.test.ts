import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { startForum } from '../support/forum.ts'
import type { Person } from '../support/person.ts'
import { threadBy } from '../support/threads.ts'

const ORIGIN = 'https://forum.example'
const HOST = 'abcdefghijklmnop.onion'

const PAGES = [
  ...[
    '/',
    '/cities',
    '/cities/nice',
    '/cities/nice/big-data',
    '/technologies/big-data',
    '/threads',
    '/threads?sort=new',
  ],
  ...['/threads/1', '/threads/1/x', '/threads/1/releve-de-cameras', '/threads/1/releve-de-cameras?page=2'],
  ...['/threads/1.md', '/threads/1.txt', '/threads/1/posts/2', '/threads/1/posts/1/whole', '/members/Zo%C3%A9'],
  ...['/login', '/register', '/reset', '/settings', '/robots.txt', '/sitemap.xml', '/sitemap/boards.xml'],
  ...['/sitemap/threads-1.xml', '/nirgendwo', '/healthz', '/%'],
]
const OF_MEMBERS = [
  ...['/threads/new', '/settings/email', '/settings/security', '/subscriptions', '/notifications', '/posts/1/edit'],
  ...['/posts/1/history', '/threads?show=unread', '/admin/outbox'],
]

t.test('who comes by an onion address is told of no other', async (t) => {
  const forum = await startForum(t, { ORIGIN })
  const zoe = await forum.member('Zoé', 'admin')
  await threadBy(forum, 'Zoé', { replies: 21, boards: ['nice', 'big-data'] })

  /** All that comes over the wire: fetch would not send another host. */
  async function asked(path: string, headers: Record<string, string>, cookie = ''): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const sent = request(new URL(path, forum.origin), { headers: { ...headers, cookie } }, (answer) => {
      text(answer).then((body) => resolve(`${answer.rawHeaders.join('\n')}\n${body}`), reject)
    })
    sent.on('error', reject).end()
    return promise
  }

  const people: [who: string, pages: string[], person: Person | null][] = [
    ['somebody without an account', PAGES, null],
    ['a member', [...PAGES, ...OF_MEMBERS], zoe],
  ]
  for (const [who, pages, person] of people) {
    await t.test(who, async (t) => {
      for (const path of pages) {
        // First by its own name, so that what is kept of that could come back.
        const own = await asked(path, { host: 'forum.example' }, person?.cookieHeader)
        t.ok(own, path)
        const headers = [{ host: HOST }, { host: HOST.toUpperCase() }, { 'x-forwarded-host': HOST }]
        for (const named of headers) {
          const answer = await asked(path, named, person?.cookieHeader)
          t.notOk(answer.toLowerCase().includes('forum.example'), `${path} ${JSON.stringify(named)}`)
        }
      }
    })
  }

  t.test('and what is written for elsewhere begins with the address that they came by', async (t) => {
    t.match(await asked('/robots.txt', { host: HOST }), `Sitemap: http://${HOST}/sitemap.xml`)
    t.match(await asked('/threads/1.txt', { host: HOST }), `http://${HOST}/threads/1/releve-de-cameras`)
    t.match(await asked('/threads/1/releve-de-cameras', { host: 'forum.example' }), `content="${ORIGIN}/threads/1/`)
  })
})
