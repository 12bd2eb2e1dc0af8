import { setImmediate } from 'node:timers/promises'
import Fastify, { type FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { Problem } from '../../../src/platform/http/errors.ts'
import { refuseOverload } from '../../../src/platform/http/refuse-overload.ts'

const SAMPLED = 50

async function server(t: Test): Promise<FastifyInstance> {
  const app = Fastify()
  t.teardown(() => app.close())
  app.get('/', async () => 'an answer')
  app.setErrorHandler((error, _request, reply) =>
    error instanceof Problem
      ? reply.code(error.status).send({ key: error.key, retryAfter: error.retryAfter })
      : reply.code(500).send(error),
  )
  await refuseOverload(app, 2 * SAMPLED, SAMPLED)
  await app.ready()
  return app
}

/** Keeps this process from doing anything else. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

t.test('whoever asks after a start that took long is answered', async (t) => {
  const app = await server(t)
  work(4 * SAMPLED)
  // The sample is due, and there is nothing in it.
  await setImmediate()
  for (let time = 0; time < 5; time += 1) {
    const { statusCode, body } = await app.inject('/')
    t.equal(statusCode, 200, body)
    await setImmediate()
  }
})

t.test('while everything is late, who asks is told when to come back, and is answered again afterwards', async (t) => {
  const app = await server(t)
  let answer = await app.inject('/')
  while (answer.statusCode === 200) {
    work(4 * SAMPLED)
    await setImmediate()
    answer = await app.inject('/')
  }
  t.equal(answer.statusCode, 503)
  t.same(answer.json(), { key: 'errors.busy', retryAfter: 10 })
  while (answer.statusCode === 503) {
    await setImmediate()
    answer = await app.inject('/')
  }
  t.equal(answer.statusCode, 200)
})
