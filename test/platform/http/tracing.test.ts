import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { freePort } from '../../support/free-port.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

interface Span {
  name: string
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[]
}

t.test('a collector is told how long requests take, and nothing of whoever asks', async (t) => {
  const port = await freePort()
  const told: string[] = []
  const collector = createServer(async (request, answer) => {
    told.push(`${request.url} ${await text(request)}`)
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((listening) => collector.listen(port, '127.0.0.1', listening))
  t.teardown(() => {
    collector.closeAllConnections()
    collector.close()
  })
  const forum = await startForum(t, { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` })
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Un titre secret' })
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  await zoe.get(`/threads/${thread.id}/${thread.slug}`, { traceparent, 'user-agent': 'navigateur secret' })
  await zoe.get('/search?q=adresse%40example.org')
  await zoe.get('/chemin-secret')
  await zoe.post(`/threads/${thread.id}/replies`, { body: 'secret' })

  const spans = () =>
    told.flatMap((line): Span[] => {
      const { resourceSpans } = JSON.parse(line.slice(line.indexOf(' ')))
      return resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: Span[] }[] }) =>
        scopeSpans.flatMap((scope) => scope.spans),
      )
    })
  await until(() => spans().some(({ name }) => name === 'POST /threads/:id/replies'), 15_000)
  t.ok(told.every((line) => line.startsWith('/v1/traces ')))
  const read = spans().find(({ name }) => name === 'GET /threads/:id/:slug')
  t.same(read?.attributes.find(({ key }) => key === 'http.response.status_code')?.value, { intValue: 200 })
  t.ok(spans().some(({ name }) => name === 'handler'))
  t.ok(spans().some(({ name }) => name === 'GET none'))
  for (const word of ['secret', 'adresse', 'Zo', '0af7651916cd43dd8448eb211c80319c', '127.0.0.1']) {
    t.notMatch(told.join('\n'), word)
  }
})
