import t from 'tap'
import { knownDevice, lastWasAnother, withDevice } from '../../../src/forum/members/known-device.ts'

const SECRET = 'un secret'

t.test('a browser knows who has logged in with it, the last one first', async (t) => {
  const one = withDevice(SECRET, '', 1)
  const both = withDevice(SECRET, one, 2)
  t.ok(knownDevice(SECRET, both, 1))
  t.ok(knownDevice(SECRET, both, 2))
  t.equal(knownDevice(SECRET, both, 3), null)
  t.notOk(lastWasAnother(SECRET, '', 1), 'nobody was there')
  t.notOk(lastWasAnother(SECRET, one, 1))
  t.ok(lastWasAnother(SECRET, both, 1))
  t.equal(withDevice(SECRET, both, 2).split('~').length, 2, 'each once')
})

t.test('remembers few, and nothing that this forum has not given', async (t) => {
  let cookie = ''
  for (let member = 1; member <= 9; member += 1) cookie = withDevice(SECRET, cookie, member)
  t.equal(cookie.split('~').length, 4)
  t.equal(knownDevice(SECRET, cookie, 1), null)
  const [token = ''] = cookie.split('~')
  const [nonce = '', mac = ''] = token.split('.')
  for (const forged of [
    '',
    '.',
    '~~~',
    nonce,
    `${nonce}.`,
    `${nonce}.${'A'.repeat(43)}`,
    `x${nonce}.${mac}`,
    `${token}a`,
  ]) {
    t.equal(knownDevice(SECRET, forged, 9), null, forged)
  }
  t.equal(knownDevice('un autre secret', cookie, 9), null)
})
