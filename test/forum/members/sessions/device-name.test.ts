import fc from 'fast-check'
import t from 'tap'
import { deviceName } from '../../../../src/forum/members/sessions/device-name.ts'

const DEVICES: [name: string, userAgent: string][] = [
  ['Firefox, Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['Firefox, Android', 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0'],
  [
    'Firefox, iOS',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 FxiOS/140.0 Safari/605.1.15',
  ],
  ['Chrome, Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'],
  ['Chrome, Android', 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36'],
  ['Edge, Windows', 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0'],
  ['Opera, macOS', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/140.0.0.0 Safari/537.36 OPR/120.0.0.0'],
  [
    'Samsung Internet, Android',
    'Mozilla/5.0 (Linux; Android 10; K) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  ],
  [
    'Safari, macOS',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
  ],
  [
    'Safari, iOS',
    'Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1',
  ],
  ['', 'curl/8.15.0'],
]

for (const [name, userAgent] of DEVICES) {
  t.test(`${userAgent} is called «${name}»`, async (t) => t.equal(deviceName(userAgent), name))
}

t.test('no name at all is no device', async (t) => t.equal(deviceName(undefined), ''))

t.test('a device is told apart by nothing else that it says', async (t) => {
  const pieces = DEVICES.flatMap(([, userAgent]) => userAgent.split(' '))
  const userAgent = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())).map((parts) => parts.join(' '))
  const known = /^[A-Za-z ]*(, (Android|iOS|Windows|macOS|Linux))?$/
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(userAgent, (text) => known.test(deviceName(text))),
      { seed: 1, numRuns: 1_000 },
    ),
  )
})
