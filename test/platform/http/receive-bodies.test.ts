import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { LARGEST_FORM, LONGEST_BODY } from '../../../src/limits.ts'
import { cleanText } from '../../../src/platform/http/forms/clean-input.ts'
import { isDearJson, largestBody, parseForm, SMALL_FORM } from '../../../src/platform/http/forms/receive-bodies.ts'
import { shortPattern } from '../../../src/platform/http/forms/validation.ts'
import { Body } from '../../../src/web/shapes.ts'
import { anySign } from '../../support/any-sign.ts'
import { startForum } from '../../support/forum.ts'
import { FORMS } from '../../support/odd-requests.ts'
import { threadBy } from '../../support/threads.ts'

const URLENCODED = 'application/x-www-form-urlencoded'

t.test('a form is read as browsers write it, and what is no form loses nothing', async (t) => {
  const field = fc.tuple(fc.string({ unit: anySign, minLength: 1 }), fc.string({ unit: anySign }))
  const asWritten = fc.property(fc.array(field, { maxLength: 20 }), (fields) => {
    const sent = fields.map(([name, value]): [string, string] => [name.toWellFormed(), value.toWellFormed()])
    const names = new Set(sent.map(([name]) => name))
    const parsed = parseForm(new URLSearchParams(sent).toString())
    return [...names].every((name) =>
      isDeepStrictEqual(
        [parsed[name]].flat(),
        sent.filter(([other]) => other === name).map(([, value]) => value),
      ),
    )
  })
  t.doesNotThrow(() => fc.assert(asWritten, { seed: 1, numRuns: 2_000 }))
  t.same(parseForm('a=1&&b&c=100%+d&%E9=e%E9&a=2&a=3=4'), { a: ['1', '2', '3=4'], b: '', c: '100% d', '%E9': 'e%E9' })
})

t.test('what people send', async (t) => {
  const forum = await startForum(t, { LOG_LEVEL: 'error' })
  const zoe = await forum.member('Zoé')
  await threadBy(forum, 'Zoé')

  async function send(path: string, type: string, body: string) {
    const headers = { 'content-type': type, cookie: zoe.cookieHeader, 'accept-language': 'fr', accept: 'text/html' }
    const answer = await fetch(forum.origin + path, { method: 'POST', redirect: 'manual', headers, body })
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', page: await answer.text() }
  }

  t.test('is received as long as a post may be, and no longer than its form can use', async (t) => {
    const longest = await send('/threads/1/replies', URLENCODED, `body=${'%E6%BC%A2'.repeat(LONGEST_BODY)}`)
    t.equal(longest.status, 303)
    for (const path of ['/reset', '/settings', '/boards/nice/subscription', '/logout', '/nowhere']) {
      for (const type of [URLENCODED, 'application/json', 'text/plain']) {
        const { status, page } = await send(path, type, `email=${'a'.repeat(5 * SMALL_FORM)}`)
        t.equal(status, 413, `${path} ${type}`)
        t.match(page, 'trop long')
      }
    }
    for (const path of ['/login', '/register']) {
      t.equal((await send(path, URLENCODED, 'a'.repeat(2 * LARGEST_FORM + 1))).status, 413, path)
    }
  })

  t.test('a body without a length of its own is cut as soon as it is too long', async (t) => {
    let sent = 0
    const endless = new ReadableStream({
      pull(to) {
        sent += 65_536
        to.enqueue(new Uint8Array(65_536).fill(97))
      },
    })
    const options = { method: 'POST', body: endless, duplex: 'half', headers: { 'content-type': URLENCODED } }
    const status = await fetch(`${forum.origin}/reset`, options).then(
      (answer) => answer.status,
      () => 'cut',
    )
    t.ok([413, 'cut'].includes(status), String(status))
    t.ok(sent < 100_000_000)
  })

  t.test('with more fields than any form has, or nested deeper than any, is refused as a page', async (t) => {
    const fields = Array.from({ length: 600 }, (_, number) => `f${number}=1`).join('&')
    const nested = '['.repeat(5_000) + ']'.repeat(5_000)
    for (const [type, body] of [
      [URLENCODED, fields],
      [URLENCODED, `boards=${'nice&boards='.repeat(600)}`],
      [URLENCODED, '&'.repeat(600)],
      ['application/json', nested],
      ['application/json', `{"username":${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}}`],
      ['application/json', `[${'0,'.repeat(600)}0]`],
    ] as const) {
      const answer = await send('/login', type, body)
      t.match(answer, { status: 413, type: 'text/html', page: /trop de champs/ }, body.slice(0, 30))
    }
  })

  t.test('a value that is no text never makes a fault of it', async (t) => {
    for (const odd of [
      { toString: 1, valueOf: null },
      [[[['a']]]],
      { a: { b: [] } },
      [{ toString: 'x' }],
      null,
      true,
    ]) {
      for (const path of FORMS) {
        const body = JSON.stringify({ username: odd, body: odd, title: odd, email: odd, kept_form: odd, boards: odd })
        const { status, type } = await send(path, 'application/json', body)
        t.ok(status < 500 && (status < 400 || type.startsWith('text/html')), `${path} ${status} ${type}`)
      }
    }
  })

  t.test('whatever it is, it is no fault of ours', async (t) => {
    const json = fc.jsonValue({ maxDepth: 12, noUnicodeString: false }).map((value) => JSON.stringify(value))
    const broken = fc.tuple(json, fc.nat(40)).map(([text, cut]) => text.slice(0, cut))
    const keys = fc.constantFrom('username', 'body', 'title', 'boards', 'email', '__proto__', 'constructor', 'toString')
    const form = fc
      .array(fc.tuple(keys, fc.string({ unit: anySign, maxLength: 30 })), { maxLength: 30 })
      .map((fields) => fields.map(([name, text]) => `${name}=${encodeURIComponent(text.toWellFormed())}`).join('&'))
    const object = fc.dictionary(keys, fc.jsonValue({ maxDepth: 6 })).map((value) => JSON.stringify(value))
    const property = fc.asyncProperty(
      fc.constantFrom(...FORMS, '/reset', '/logout'),
      fc.constantFrom(URLENCODED, 'application/json', 'text/plain', 'application/json; charset=latin1'),
      fc.oneof(json, broken, form, object),
      async (path, type, body) => (await send(path, type, body)).status < 500,
    )
    await t.resolves(fc.assert(property, { seed: 1, numRuns: 300 }))
    t.same(forum.logged, [])
  })
})

t.test('an address with a quarter of a million dots is refused by its length', async (t) => {
  const pattern = shortPattern('^(a+)+$', '')
  t.equal(pattern.test('aaa'), true)
  t.equal(pattern.test(`${'a'.repeat(250_000)}!`), false)
})

t.test('rows of combining marks are broken, losing none of them', async (t) => {
  const marks = '\u0301\u0323'.repeat(200_000)
  const cleaned = cleanText(`a${marks}`)
  t.ok(longestRow(cleaned) <= 31)
  t.ok((cleaned.match(/\p{M}/gu) ?? []).length > marks.length)
  t.ok(cleanText(cleaned) === cleaned, 'once is enough')
  const joke = `e${'\u0301'.repeat(30)}`
  t.equal(cleanText(joke), joke.normalize('NFC'), 'what a language or a joke needs stays as it is')
})

const longestRow = (text: string): number =>
  Math.max(0, ...text.split('\u034f').map((part) => (part.match(/\p{M}+/u)?.[0] ?? '').length))

t.test('a route takes what its longest fields can need', async (t) => {
  t.equal(largestBody({}), SMALL_FORM)
  t.ok(largestBody({ schema: { body: Body } }) >= 9 * LONGEST_BODY)
})

t.test('JSON is taken for dear by its signs, never by what stands in its texts', async (t) => {
  const cheap = fc.property(
    fc.array(fc.string({ unit: anySign }), { maxLength: 100 }),
    (texts) => !isDearJson(JSON.stringify([['['.repeat(50), ','.repeat(900), '\\"[[', ...texts]])),
  )
  t.doesNotThrow(() => fc.assert(cheap, { seed: 1, numRuns: 300 }))
})
