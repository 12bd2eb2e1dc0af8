import fc from 'fast-check'
import t from 'tap'
import { requestKey } from '../../../src/forum/discussion/request-key.ts'
import { anySign } from '../../support/any-sign.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

t.test('a form sent again is known again', async (t) => {
  t.equal(requestKey('id', 7, 'bonjour', undefined), requestKey('id', 7, 'bonjour', undefined))
  t.match(requestKey('id'), UUID)
})

t.test('a form without an id is always new', async (t) => {
  t.equal(requestKey(undefined, 'bonjour'), null)
  t.equal(requestKey('', 'bonjour'), null)
})

t.test('a form that says something else is another', async (t) => {
  const id = fc.string({ unit: anySign, minLength: 1 })
  const said = fc.array(fc.oneof(fc.string({ unit: anySign }), fc.integer()), { maxLength: 4 })
  const form = fc.tuple(id, said)
  const apart = fc.property(form, form, ([one, oneSays], [other, otherSays]) => {
    const alike = JSON.stringify([one, oneSays]) === JSON.stringify([other, otherSays])
    return (requestKey(one, ...oneSays) === requestKey(other, ...otherSays)) === alike
  })
  t.doesNotThrow(() => fc.assert(apart, { seed: 1, numRuns: 2_000 }))
})

t.test('neither does where one field ends and the next begins', async (t) => {
  t.not(requestKey('id', 'ab', 'c'), requestKey('id', 'a', 'bc'))
  t.not(requestKey('id', 'a","b'), requestKey('id', 'a', 'b'))
  t.not(requestKey('id', 1), requestKey('id', '1'))
})
