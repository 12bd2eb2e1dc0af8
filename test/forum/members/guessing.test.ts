import t from 'tap'
import { withDevice } from '../../../src/forum/members/known-device.ts'
import { logIn as directly } from '../../../src/forum/members/log-in.ts'
import { emailAddresses } from '../../../src/schema/email-addresses.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { holdQueues } from '../../support/held-queues.ts'
import { idOf } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

const MOST_HASHED_AT_ONCE = 3

t.test('guessing', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const WRONG = 'au hasard, encore'
  const from = (place: string) => ({ 'x-forwarded-for': place })
  const logIn = (username: string, password: string, place: string, person = forum.passerBy()) =>
    person.post('/login', { username, password }, from(place))
  for (const name of ['Visée', 'Commune', 'Adressée', 'Sereine']) await forum.member(name)

  t.test('is refused after ten wrong passwords for one account from one place', async (t) => {
    for (let count = 0; count < 10; count += 1) t.equal((await logIn('Visée', WRONG, '192.0.2.1')).status, 422)
    const refused = await logIn('visee', WRONG, '192.0.2.1')
    t.equal(refused.status, 429)
    t.ok(Number(refused.headers.get('retry-after')) > 0)
    t.match(refused.text('main'), /Réessayer dans \d+ min/)
    t.equal((await logIn('Une-autre', WRONG, '192.0.2.1')).status, 422, 'other names are not concerned')
  })

  t.test('does not keep the member out, neither elsewhere nor where the guesses come from', async (t) => {
    t.equal((await logIn('Visée', PASSWORD, '192.0.2.2')).status, 303)
    t.equal((await logIn('Visée', PASSWORD, '192.0.2.1')).status, 303)
  })

  t.test('from very many places does not either', async (t) => {
    const places = Array.from({ length: 101 }, (_, index) => `198.51.100.${index}`)
    await Promise.all(places.map((place) => logIn('Commune', WRONG, place)))
    t.equal((await logIn('Commune', PASSWORD, '203.0.113.9')).status, 303)
  })

  t.test('with invented names shuts nobody out who shares the place', async (t) => {
    const names = Array.from({ length: 100 }, (_, index) => `Inventé${index}x`)
    await Promise.all(names.map((name) => forum.passerBy().post('/login', { username: name, password: WRONG })))
    t.equal((await forum.passerBy().post('/login', { username: 'Sereine', password: PASSWORD })).status, 303)
  })

  t.test('counts a name and its address as one account', async (t) => {
    const memberId = await idOf(forum, 'Adressée')
    const address = 'adressee@example.org'
    await forum.database.insert(emailAddresses).values({ memberId, address, addressKey: address })
    for (const username of ['Adressée', address]) {
      for (let count = 0; count < 5; count += 1) {
        t.equal((await logIn(username, WRONG, '192.0.2.3')).status, 422)
      }
    }
    t.equal((await logIn('Adressée', WRONG, '192.0.2.3')).status, 429)
  })

  t.test('a browser where the member has logged in before does not wait, and says nothing of them', async (t) => {
    const own = forum.passerBy()
    await logIn('Visée', PASSWORD, '192.0.2.4', own)
    await own.post('/logout')
    const device = own.cookie('device') ?? ''
    t.match(device, /^[\w-]{16}\.[\w-]{43}$/, 'it stays after logging out')
    t.notMatch(device, /vis/i)
    for (let count = 0; count < 11; count += 1) await logIn('Visée', WRONG, '192.0.2.4')
    t.equal((await logIn('Visée', WRONG, '192.0.2.4', own)).status, 422, 'a slip there is no guess of somebody else')
    t.equal((await logIn('Visée', PASSWORD, '192.0.2.4', own)).status, 303)
    const thief = forum.passerBy()
    thief.setCookie('device', device)
    const statuses: number[] = []
    for (let count = 0; count < 11; count += 1) statuses.push((await logIn('Visée', WRONG, '192.0.2.4', thief)).status)
    t.equal(statuses.at(-1), 429, 'who has stolen it has ten tries too')
  })

  t.test('one member with very many browsers waits for themself, and others go before', async (t) => {
    const id = await idOf(forum, 'Sereine')
    const browsers = Array.from({ length: 30 }, () => withDevice(forum.secret, '', id))
    const queue = holdQueues(t)
    const known = browsers.map((devices) =>
      directly(forum, { username: 'Sereine', password: PASSWORD, place: 'one', devices }),
    )
    await until(() => queue.asked.length === 30)
    const other = directly(forum, { username: 'Visée', password: PASSWORD, place: 'another', devices: '' })
    await until(() => queue.asked.length === 31)
    queue.release()
    await Promise.all([...known, other])
    const before = queue.begun.indexOf('another')
    t.ok(before >= 1 && before <= MOST_HASHED_AT_ONCE + 1, `${before} of 30 had their turn before`)
  })
})
