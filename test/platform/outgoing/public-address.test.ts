import fc from 'fast-check'
import t from 'tap'
import { isPublicAddress } from '../../../src/platform/outgoing/public-address.ts'

t.test('what is no single machine of the public internet', async (t) => {
  for (const address of [
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254'],
    ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.168.1.1', '198.18.0.1'],
    ...['198.51.100.7', '203.0.113.7', '224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::7f00:1'],
    ...['fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '2001:db8::1', '2001::1'],
    ...['2002:7f00:1::', '100::1', '4000::1', '', 'localhost', '1.2.3', 'example.org'],
  ]) {
    t.notOk(isPublicAddress(address), address)
  }
})

t.test('what is', async (t) => {
  for (const address of [
    ...[
      '1.1.1.1',
      '8.8.8.8',
      '100.63.255.255',
      '100.128.0.0',
      '172.15.0.1',
      '172.32.0.1',
      '192.169.0.1',
      '223.255.255.1',
    ],
    ...['2606:4700:4700::1111', '2a01:e0a::1', '::ffff:8.8.8.8'],
  ]) {
    t.ok(isPublicAddress(address), address)
  }
})

t.test('an IPv4 address is the same in the dress of IPv6', async (t) => {
  fc.assert(fc.property(fc.ipV4(), (address) => isPublicAddress(address) === isPublicAddress(`::ffff:${address}`)))
  t.pass()
})
