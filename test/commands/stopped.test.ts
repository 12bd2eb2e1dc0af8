import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { freshDatabase } from '../support/forum.ts'
import { serve } from '../support/served.ts'

interface Answer {
  status: number
  type: string
}

t.test('told to stop while people write, it answers all whom it has heard, as ever', async (t) => {
  const forum = await serve(t, { DATABASE_URL: await freshDatabase() })
  const zoe = forum.passerBy()
  await zoe.post('/register', { username: 'Zoé', password: 'quatre mots sans rapport' })
  await zoe.post('/threads', { title: 'Un sujet', body: 'Bonjour', boards: ['nice'] })
  await zoe.get('/cities')

  const ways = new Agent({ keepAlive: true, maxSockets: 16 })
  t.teardown(() => ways.destroy())
  /** Null where nothing came back: the connection was closed already. */
  async function ask(method: string, path: string, body: string): Promise<Answer | null> {
    const headers = { cookie: zoe.cookieHeader, 'content-type': 'application/x-www-form-urlencoded' }
    const sent = request(forum.origin + path, { method, headers, agent: ways }).end(body)
    const { promise, resolve } = Promise.withResolvers<Answer | null>()
    sent.on('error', () => resolve(null))
    sent.on('response', async (answer) => {
      await text(answer).catch(() => '')
      resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '' })
    })
    return promise
  }

  const answers: Answer[] = []
  let stopped = false
  const busy = Array.from({ length: 16 }, async (_, index) => {
    while (!stopped) {
      const answer =
        index % 2 === 0 ? await ask('POST', '/threads/1/replies', 'body=Bonjour') : await ask('GET', '/cities', '')
      if (answer) answers.push(answer)
    }
  })
  while (answers.length < 100) await zoe.get('/healthz')
  const before = answers.length
  const code = await forum.end('SIGTERM')
  stopped = true
  await Promise.all(busy)
  t.equal(code, 0)
  t.ok(answers.length > before)
  t.same(
    answers.filter(({ status, type }) => ![200, 303].includes(status) || type.includes('json')),
    [],
  )
})
