import fc from 'fast-check'
import t from 'tap'
import { trustedProxies } from '../../../src/platform/http/connections/trusted-proxies.ts'
import { networkOf } from '../../../src/platform/http/network-of.ts'
import { startForum } from '../../support/forum.ts'

t.test('an IPv6 household is counted as one, however many addresses it has', async (t) => {
  for (const [address, network] of [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:C000:0207', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
    ['', ''],
  ] as const) {
    t.equal(networkOf(address), network, address)
  }
  const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 })
  const together = fc.property(groups, groups, (one, other) => {
    const address = (from: number[]) =>
      [...one.slice(0, 4), ...from.slice(4)].map((group) => group.toString(16)).join(':')
    return one.slice(0, 4).every((group) => group === 0) || networkOf(address(one)) === networkOf(address(other))
  })
  t.doesNotThrow(() => fc.assert(together, { seed: 1, numRuns: 500 }))
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.ipV6(), (address) => /^([0-9a-f]{1,4}:){4}:\/64$|^[\d.]+$/.test(networkOf(address))),
      { seed: 1, numRuns: 500 },
    ),
  )
})

t.test('a proxy is one that the forum was told of', async (t) => {
  const trusts = trustedProxies(['loopback', '10.1.0.0/16', '203.0.113.9', '2001:db8::/32'])
  for (const own of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '10.1.2.3', '203.0.113.9', '2001:db8:9::1']) {
    t.ok(trusts(own), own)
  }
  for (const other of [
    '10.2.0.1',
    '192.168.0.1',
    '203.0.113.10',
    '2001:db9::1',
    '::ffff:10.2.0.1',
    '',
    'x',
    undefined,
  ]) {
    t.notOk(trusts(other), String(other))
  }
  t.notOk(trustedProxies([])('127.0.0.1'), 'where none is named, none is believed')
  for (const wrong of ['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0', 'nginx', '::/129', '10.0.0.1/-1']) {
    t.throws(() => trustedProxies([wrong]), wrong)
  }
})

t.test('whom a request says it comes from', async (t) => {
  /** How often somebody may guess one password who says each time that they are somebody else. */
  async function triesOf(settings: Record<string, string>, from: (time: number) => string): Promise<number> {
    const forum = await startForum(t, { RATE_LIMITS: 'on', ...settings })
    for (let time = 0; time < 15; time += 1) {
      const headers = { 'x-forwarded-for': from(time) }
      const { status } = await forum.passerBy().post('/login', { username: 'Visée', password: 'au hasard' }, headers)
      if (status === 429) return time
    }
    return 15
  }

  t.equal(await triesOf({}, (time) => `192.0.2.${time}`), 15, 'is believed of a proxy of ours')
  t.equal(await triesOf({}, (time) => `2001:db8:1:2:${time}::1`), 10, 'and counted by household')
  t.equal(await triesOf({ TRUSTED_PROXIES: '203.0.113.9' }, (time) => `192.0.2.${time}`), 10, 'and of nobody else')
})
