import { setImmediate } from 'node:timers/promises'
import formbody from '@fastify/formbody'
import Fastify, { type FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { keptForm } from '../../../src/platform/http/forms/kept-form.ts'
import { refuseOverload } from '../../../src/platform/http/refuse-overload.ts'
import { Problem } from '../../../src/platform/problem.ts'

const LONGEST_DELAY = 200

/** A server that is soon late, and answers a refusal with what it has of the form. */
async function server(t: Test): Promise<FastifyInstance> {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(formbody)
  refuseOverload(app, LONGEST_DELAY)
  app.get('/', async () => 'an answer')
  app.post('/threads/1/replies', async () => 'a reply')
  app.setErrorHandler((error, request, reply) =>
    error instanceof Problem
      ? reply.code(error.status).send({ retryAfter: error.retryAfter, kept: keptForm(request) })
      : reply.code(500).send(error),
  )
  await app.ready()
  return app
}

/** Keeps this process from doing anything else, then lets it do what is due. */
async function work(milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
  await setImmediate()
}

t.test('whoever asks after a start that took long is answered', async (t) => {
  const app = await server(t)
  await work(0.9 * LONGEST_DELAY)
  const answered = new Set<number>()
  for (const end = performance.now() + 3 * LONGEST_DELAY; performance.now() < end; await setImmediate()) {
    answered.add((await app.inject('/')).statusCode)
  }
  t.same(answered, new Set([200]))
})

t.test('while everything is late, who asks is told when to come back, and keeps what they wrote', async (t) => {
  const app = await server(t)
  let answer = await app.inject('/')
  while (answer.statusCode === 200) {
    await work(2 * LONGEST_DELAY)
    answer = await app.inject('/')
  }
  t.equal(answer.statusCode, 503)
  t.same(answer.json(), { retryAfter: 10, kept: null })

  const sent = await app.inject({
    method: 'POST',
    url: '/threads/1/replies',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'body=Une+longue+r%C3%A9ponse',
  })
  t.equal(sent.statusCode, 503)
  t.same(sent.json(), {
    retryAfter: 10,
    kept: { action: '/threads/1/replies', fields: [['body', 'Une longue réponse']] },
  })

  while (answer.statusCode === 503) {
    await setImmediate()
    answer = await app.inject('/')
  }
  t.equal(answer.statusCode, 200)
})
