import { promisify } from 'node:util'
import { brotliDecompress, gunzip, zstdDecompress } from 'node:zlib'
import fc from 'fast-check'
import t from 'tap'
import { acceptedEncodings } from '../../../src/platform/http/encodings.ts'
import { fetchRaw } from '../../support/fetch-raw.ts'
import { startForum } from '../../support/forum.ts'
import type { Visit } from '../../support/person.ts'
import { statementsDuring } from '../../support/statements.ts'
import { threadBy } from '../../support/threads.ts'

t.test('pages that are kept', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Gardé', boards: ['nice', 'big-data'], replies: 3 })
  const path = `/threads/${thread.id}/${thread.slug}`

  t.test('are made once, however many ask at once', async (t) => {
    await forum.passerBy().get('/cities')
    const visits: Visit[] = []
    const statements = await statementsDuring(async () => {
      visits.push(...(await Promise.all(Array.from({ length: 50 }, () => forum.passerBy().get(path)))))
    })
    t.ok(visits.every(({ status, body }) => status === 200 && body.includes('Gardé')))
    t.ok(statements.length > 0 && statements.length <= 2)
    t.same(await statementsDuring(() => forum.passerBy().get(path)), [], 'and not again')
  })

  t.test('are the same page in every encoding, and come once to who has them', async (t) => {
    const plain = await fetchRaw(forum.origin, path)
    for (const [encoding, unpack] of [
      ['br', promisify(brotliDecompress)],
      ['gzip', promisify(gunzip)],
      ['zstd', promisify(zstdDecompress)],
    ] as const) {
      const packed = await fetchRaw(forum.origin, path, { 'accept-encoding': encoding })
      t.equal(packed.headers['content-encoding'], encoding)
      t.ok(packed.body.length < plain.body.length / 2)
      t.same(await unpack(packed.body), plain.body)
      const again = { 'accept-encoding': encoding, 'if-none-match': String(packed.headers.etag) }
      const unchanged = await fetchRaw(forum.origin, path, again)
      t.equal(unchanged.status, 304)
      t.equal(unchanged.body.length, 0)
      t.match(unchanged.headers['content-security-policy'], "default-src 'none'")
      await zoe.post(`/threads/${thread.id}/replies`, { body: `Changé pour ${encoding}` })
      t.equal((await fetchRaw(forum.origin, path, again)).status, 200)
      plain.body = (await fetchRaw(forum.origin, path)).body
    }
  })

  t.test('have nothing of a person, and a member’s page is never one of them', async (t) => {
    const first = await zoe.get(path)
    t.equal(first.headers.get('cache-control'), 'private, no-store')
    t.match(first.text('.account bdi'), 'Zoé')
    const passing = await forum.passerBy().get(path)
    t.equal(passing.text('.account bdi'), '')
    t.not(passing.body, first.body)
    t.equal((await zoe.get(path)).headers.get('etag'), null)
    const stale = forum.passerBy()
    stale.setCookie('session', 'une-session-qui-a-pris-fin')
    const visit = await stale.get(path)
    t.ok(visit.headers.getSetCookie().length > 0, 'whose session has ended is told so')
    t.same((await forum.passerBy().get(path)).headers.getSetCookie(), [], 'and nobody else')
  })

  t.test('are apart for each language and look', async (t) => {
    const english = forum.passerBy()
    english.language = 'en'
    const dark = forum.passerBy()
    dark.setCookie('theme', 'dark')
    for (let round = 0; round < 2; round += 1) {
      t.equal((await forum.passerBy().get('/')).document.documentElement.lang, 'fr')
      t.equal((await english.get('/')).document.documentElement.lang, 'en')
      t.equal((await dark.get('/')).document.documentElement.dataset.theme, 'dark')
    }
  })

  t.test('are not kept for addresses that anybody may make up', async (t) => {
    await forum.passerBy().get('/cities/nice?tracking=1')
    t.not((await statementsDuring(() => forum.passerBy().get('/cities/nice?tracking=1'))).length, 0)
    t.equal((await forum.passerBy().get('/threads/999/rien')).status, 404)
    const again = await statementsDuring(() => forum.passerBy().get('/threads/999/rien'))
    t.not(again.length, 0, 'nor is what was not found')
  })

  t.test('go when what they show changes', async (t) => {
    const reader = forum.passerBy()
    const { thread: moving, id } = await threadBy(forum, 'Zoé', { title: 'Mouvant', boards: ['metz', 'drones'] })
    const mira = await forum.member('Mira', 'moderator')
    const address = `/threads/${moving.id}/${moving.slug}`
    const shows = async (where: string, what: string | RegExp) => t.match((await reader.get(where)).body, what)
    const hides = async (where: string, what: string | RegExp) => t.notMatch((await reader.get(where)).body, what)
    for (const where of ['/', '/cities/metz', '/technologies/drones', '/cities/metz/drones'])
      await shows(where, 'Mouvant')
    await shows('/cities', /1 sujet<\/span>/)
    await zoe.post(`/posts/${id}/edit`, { title: 'Retitré', body: 'Voici le relevé.' })
    for (const where of ['/', '/cities/metz', '/technologies/drones', '/cities/metz/drones'])
      await shows(where, 'Retitré')
    t.equal((await reader.get(address)).status, 301)
    const read = `/threads/${moving.id}/retitre`
    await shows(read, 'Voici le relevé.')
    await zoe.post(`/posts/${id}/delete`)
    await hides(read, 'Voici le relevé.')
    await zoe.post(`/posts/${id}/restore`)
    await shows(read, 'Voici le relevé.')
    await mira.post(`/threads/${moving.id}/lock`)
    await shows(read, 'Ce sujet est fermé')
    await hides('/cities/angers', 'Retitré')
    await mira.post(`/threads/${moving.id}/move`, { boards: ['angers'] })
    await shows('/cities/angers', 'Retitré')
    await hides('/cities/metz', 'Retitré')
    await shows(read, 'Angers')
    await mira.post(`/threads/${moving.id}/remove`)
    await hides('/cities/angers', 'Retitré')
    await hides('/', 'Retitré')
    t.equal((await reader.get(read)).status, 404)
  })

  t.test('are quickly compressed for the first who asks, and smaller for those after the second', async (t) => {
    const browser = { 'accept-encoding': 'gzip, deflate, br, zstd' }
    const { thread: asked } = await threadBy(forum, 'Zoé', { replies: 5 })
    const address = `/threads/${asked.id}/${asked.slug}`
    const first = await fetchRaw(forum.origin, address, browser)
    t.equal(first.headers['content-encoding'], 'zstd')
    const smaller = async (): Promise<Awaited<ReturnType<typeof fetchRaw>>> => {
      const answer = await fetchRaw(forum.origin, address, browser)
      return answer.headers['content-encoding'] === 'br' ? answer : smaller()
    }
    const later = await smaller()
    t.ok(later.body.length < first.body.length)
    t.same(await promisify(brotliDecompress)(later.body), await promisify(zstdDecompress)(first.body))
    const known = await fetchRaw(forum.origin, address, { ...browser, 'if-none-match': String(first.headers.etag) })
    t.equal(known.status, 304, 'who has the first one has the page')
  })

  t.test('any header about encodings is answered', async (t) => {
    const smallest = (header?: string) => acceptedEncodings(header).smallest
    t.doesNotThrow(() =>
      fc.assert(
        fc.property(fc.string(), (text) => ['br', 'gzip', 'zstd', 'identity'].includes(smallest(text))),
        { seed: 1 },
      ),
    )
    t.equal(smallest('gzip, deflate, br'), 'br')
    t.equal(smallest('gzip, br;q=0'), 'gzip')
    t.equal(smallest('br;q=0.0, gzip;q=0'), 'identity')
    t.equal(smallest(undefined), 'identity')
    t.same(acceptedEncodings('gzip, br, zstd'), { smallest: 'br', quickest: 'zstd' })
  })
})
