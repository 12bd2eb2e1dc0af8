import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { isOwnPath, isPackedFor, ownPathOr, packForm, unpackForm } from '../../../src/platform/http/forms/kept-form.ts'
import { anySign } from '../../support/any-sign.ts'
import { named } from '../../support/named.ts'

const ORIGIN = 'https://forum.example'

t.test('a path of the forum is gone back to', async (t) => {
  for (const path of [
    '/',
    '/threads/12/a?page=2#post-30',
    '/login?next=%2F',
    '/cities/nice/big-data',
    '/a:b@c',
    '/%5C',
  ]) {
    t.equal(ownPathOr(path, '/'), path)
  }
})

const ELSEWHERE = [
  ...['', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example'],
  ...[
    'https://evil.example',
    'javascript:alert(1)',
    'evil.example',
    ' /',
    '/a\n/b',
    '/a\r\nset-cookie: b',
    '/é',
    '/\u202e',
  ],
]

for (const path of ELSEWHERE) {
  t.test(`${named(path)} is not gone to`, async (t) => t.equal(ownPathOr(path, '/home'), '/home'))
}

t.test('no path is the one that was meant otherwise', async (t) => t.equal(ownPathOr(undefined, '/home'), '/home'))

t.test('a path that is gone to never leaves the site, and fits in a header', async (t) => {
  const sign = fc.constantFrom(
    ...['/', '\\', '.', '?', '#', '@', ':', '%2f', '%5c', '\t', '\n', '\r', '\0', ' ', 'é', '／', '。', 'evil.example'],
    ...['http:', 'javascript:', '&', ';', '[', ']', '\u00a0', '\u200b'],
  )
  const path = fc.oneof(fc.string({ unit: sign }), fc.string({ unit: anySign })).map((rest) => `/${rest}`)
  const stays = fc.property(path, (text) => {
    if (!isOwnPath(text)) return true
    return new URL(text, ORIGIN).origin === ORIGIN && /^[!-~]+$/.test(text)
  })
  t.doesNotThrow(() => fc.assert(stays, { seed: 1, numRuns: 5_000 }))
})

t.test('a form comes back as it was kept', async (t) => {
  const field = fc.tuple(fc.string({ unit: anySign }), fc.string({ unit: anySign }))
  // Not fast-check's `webPath`, which takes a second to make a table of all that it may escape.
  const action = fc
    .array(fc.string({ unit: anySign }))
    .map((parts) => `/${parts.map(encodeURIComponent).join('/')}`)
    .filter(isOwnPath)
  const comesBack = fc.property(action, fc.array(field, { maxLength: 40 }), (path, fields) => {
    const rest = { ended: true, known: true, previews: false, from: '/', id: 'a', packedAt: 1, owner: 'b' }
    const form = { action: path, fields, ...rest }
    const packed = packForm(form, 'secret', 'browser')
    return isDeepStrictEqual(unpackForm(packed), form) && isPackedFor(packed, 'secret', 'browser')
  })
  t.doesNotThrow(() => fc.assert(comesBack, { seed: 1, numRuns: 500 }))
})

t.test('what another browser packed, or nobody here, is not done without being shown', async (t) => {
  const form = {
    action: '/posts/1/delete',
    fields: [],
    ended: true,
    known: true,
    previews: false,
    from: '/',
    id: 'a',
    packedAt: 1,
    owner: 'b',
  }
  const packed = packForm(form, 'secret', 'browser')
  for (const [text, secret, browser] of [
    [packed, 'secret', 'another'],
    [packed, 'secret', ''],
    [packed, 'another', 'browser'],
    [packed.replace('/posts/1', '/posts/2'), 'secret', 'browser'],
    [JSON.stringify(form), 'secret', 'browser'],
  ] as const) {
    t.notOk(isPackedFor(text, secret, browser))
    t.ok(unpackForm(text), 'and yet it is not lost')
  }
})

t.test('what is not a form of ours is not shown', async (t) => {
  const fields = [['body', 'x']]
  for (const form of [
    ...[null, 1, 'x', [], {}, { action: '/a' }, { fields }, { action: 1, fields }, { action: '/a', fields: 'x' }],
    ...[
      { action: '/a', fields: [['a']] },
      { action: '/a', fields: [['a', 1]] },
      { action: '/a', fields: [['a', 'b', 'c']] },
    ],
    ...[
      { action: '//evil.example', fields },
      { action: 'javascript:alert(1)', fields },
      { action: '', fields },
    ],
    { action: '/a', fields: Array(501).fill(['a', 'b']) },
  ]) {
    t.equal(unpackForm(JSON.stringify(form)), null, JSON.stringify(form).slice(0, 80))
  }
  for (const text of [undefined, '', '{', 'null', '[[[[']) t.equal(unpackForm(text), null)
})

t.test('whatever a field holds, reading it never fails', async (t) => {
  const anything = fc.oneof(
    fc.json(),
    fc.string(),
    fc.anything().map((value) => JSON.stringify(value) ?? ''),
  )
  const safe = fc.property(anything, (text) => {
    const form = unpackForm(text)
    return form === null || isOwnPath(form.action)
  })
  t.doesNotThrow(() => fc.assert(safe, { seed: 1, numRuns: 2_000 }))
})
