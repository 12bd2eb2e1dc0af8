import { setTimeout } from 'node:timers/promises'
import Fastify from 'fastify'
import t from 'tap'
import { LARGEST_FORM } from '../../../src/limits.ts'
import { receiveBodies } from '../../../src/platform/http/forms/receive-bodies.ts'

const SENDERS = 20

t.test('many long forms at once are taken one after the other, and others in between', async (t) => {
  const app = Fastify({ bodyLimit: 2 * LARGEST_FORM })
  t.teardown(() => app.close())
  const order: string[] = []
  app.decorateRequest('member', null)
  receiveBodies(app)
  app.post('/', { bodyLimit: 2 * LARGEST_FORM }, async () => void order.push('long'))
  const payloads = {
    'application/x-www-form-urlencoded': `kept_form=${'%C3%A9'.repeat(LARGEST_FORM / 4)}`,
    'application/json': JSON.stringify({ kept_form: 'é'.repeat(LARGEST_FORM / 4) }),
  }
  for (const [type, payload] of Object.entries(payloads)) {
    order.length = 0
    const sending = Promise.all(
      Array.from({ length: SENDERS }, () =>
        app.inject({ method: 'POST', url: '/', headers: { 'content-type': type }, payload }),
      ),
    )
    let isSent = false
    void sending.finally(() => {
      isSent = true
    })
    while (!isSent) {
      order.push('others')
      await setTimeout(1)
    }
    t.ok((await sending).every(({ statusCode }) => statusCode === 200))
    const together = order.filter((what, index) => what === 'long' && order[index - 1] === 'long')
    t.same(together, [], type)
  }
})
