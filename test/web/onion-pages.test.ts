import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { passkeys } from '../../src/schema/passkeys.ts'
import { buildApp } from '../../src/web/app.ts'
import { startForum } from '../support/forum.ts'
import { idOf, threadBy } from '../support/threads.ts'

const ORIGIN = 'https://forum.example'
const HOST = 'abcdefghijklmnop.onion'

/** What is there for each name in the address of a route; others are 1. */
const NAMES: Record<string, string> = {
  slug: 'nice',
  technology: 'big-data',
  username: 'Zo%C3%A9',
  token: 'rien',
  number: '1',
  file: 'rien.css',
}

/** What these routes are asked for beside their path. */
const QUERIES: Record<string, string> = { '/search': '?q=relev%C3%A9', '/search.atom': '?q=x', '/search.json': '?q=x' }

/** A mail as it would be sent: it is read elsewhere, and leads to the forum's own address. */
const MAILS = ['/settings/email/preview', '/admin/outbox/:number', '/admin/outbox/:number/html']

t.test('who comes by an onion address is told of no other', async (t) => {
  const forum = await startForum(t, { ORIGIN })
  const zoe = await forum.member('Zoé', 'admin')
  const { thread } = await threadBy(forum, 'Zoé', { replies: 21, boards: ['nice', 'big-data'] })
  const pages: string[] = []
  const app = await buildApp(forum, (unfinished) => {
    unfinished.addHook('onRoute', ({ method, url }) => {
      if (method !== 'GET' || url === '/live' || MAILS.includes(url)) return
      pages.push(url.replace(/:(\w+)/g, (_whole, name: string) => NAMES[name] ?? '1') + (QUERIES[url] ?? ''))
    })
  })
  await app.close()
  const read = `/threads/${thread.id}/${thread.slug}`
  pages.push(
    read,
    `${read}?page=2`,
    `${read}?reply_to=2`,
    '/threads?show=unread',
    '/nirgendwo',
    '/%',
    '/technologies/big-data',
  )

  /** All that comes over the wire: fetch would not send another host. */
  async function asked(path: string, headers: Record<string, string>, cookie = ''): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const sent = request(new URL(path, forum.origin), { headers: { ...headers, cookie } }, (answer) => {
      text(answer).then((body) => resolve(`${answer.statusCode}\n${answer.rawHeaders.join('\n')}\n${body}`), reject)
    })
    sent.on('error', reject).end()
    return promise
  }

  for (const [who, cookie] of [
    ['somebody without an account', ''],
    ['a member', zoe.cookieHeader],
  ] as const) {
    await t.test(who, async (t) => {
      t.ok(pages.length > 60)
      for (const path of pages) {
        // First by its own name, so that what is kept of that could come back.
        await asked(path, { host: 'forum.example' }, cookie)
        for (const named of [{ host: HOST }, { host: HOST.toUpperCase() }, { 'x-forwarded-host': HOST }]) {
          const answer = await asked(path, named, cookie)
          t.notOk(answer.toLowerCase().includes('forum.example'), `${path} ${JSON.stringify(named)}`)
          t.notMatch(answer, /^5\d\d\n/, path)
        }
      }
    })
  }

  t.test('nor offered a passkey, which is for the one name of the forum', async (t) => {
    const keyed = { credentialId: 'key', publicKey: Buffer.from('key'), counter: 0, transports: [] }
    await forum.database.insert(passkeys).values({ memberId: await idOf(forum, 'Zoé'), name: 'Téléphone', ...keyed })
    for (const [host, offered] of [
      ['forum.example', true],
      [HOST, false],
    ] as const) {
      const page = await asked('/settings/security', { host }, zoe.cookieHeader)
      t.match(page, /Téléphone/, 'what is there can be taken off')
      t.equal(page.includes('data-passkey="new"'), offered, host)
      t.equal((await asked('/login', { host })).includes('data-passkey="login"'), offered, host)
    }
  })

  t.test('and what is written for elsewhere begins with the address that they came by', async (t) => {
    t.match(await asked('/robots.txt', { host: HOST }), `Sitemap: http://${HOST}/sitemap.xml`)
    t.match(await asked('/threads/1.txt', { host: HOST }), `http://${HOST}${read}`)
    t.match(await asked('/threads/1.atom', { host: HOST }), `http://${HOST}${read}`)
    t.match(await asked(read, { host: 'forum.example' }), `content="${ORIGIN}/threads/1/`)
  })
})
