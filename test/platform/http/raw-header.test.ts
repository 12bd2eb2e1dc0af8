import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import fc from 'fast-check'
import t from 'tap'
import { rawHeader } from '../../../src/platform/http/raw-header.ts'

const NAMES = ['cookie', 'accept-language', 'accept-encoding', 'if-none-match']

t.test('a header is what Node itself would say, however it is written and however often it comes', async (t) => {
  const server = createServer((_request, response) => response.end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined

  const name = fc.mixedCase(fc.constantFrom(...NAMES, 'x-cookie', 'accept-charset'))
  const value = fc.stringMatching(/^[!-~]*$/)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, value)), async (headers) => {
      const arrived = once(server, 'request')
      request({ port, host: '127.0.0.1', headers: ['host', 'forum', ...headers.flat()] }, (answer) =>
        answer.resume(),
      ).end()
      const [incoming]: IncomingMessage[] = await arrived
      return NAMES.every((one) => incoming && rawHeader(incoming.rawHeaders, one) === incoming.headers[one])
    }),
    { numRuns: 50 },
  )
})
