import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { freshDatabase } from '../support/forum.ts'
import { serve } from '../support/served.ts'

/** Connections that say nothing. Answers those that came about, and each ends with the test. */
async function idle(t: Test, port: number, count: number): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1').on('error', () => {}))
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
  })
  await Promise.all(sockets.map((socket) => Promise.race([once(socket, 'connect'), once(socket, 'close')])))
  return sockets
}

for (const descriptors of [160, 256]) {
  t.test(`with ${descriptors} descriptors, idle connections keep nobody from the forum`, async (t) => {
    const forum = await serve(t, { DATABASE_URL: await freshDatabase() }, descriptors)
    const port = Number(new URL(forum.origin).port)
    const keptOpen = forum.passerBy()
    t.equal((await keptOpen.get('/cities')).status, 200)
    for (let round = 0; round < 3; round += 1) {
      const sockets = await idle(t, port, 2 * descriptors)
      for (const socket of sockets) socket.destroy()
      while (
        !(await forum
          .passerBy()
          .get('/healthz')
          .then(
            ({ status }) => status === 200,
            () => false,
          ))
      ) {
        await setImmediate()
      }
    }
    const zoe = forum.passerBy()
    const sent = await zoe.post('/register', { username: 'Zoé', password: 'quatre mots sans rapport' })
    t.equal(sent.status, 303)
    t.equal(await forum.end('SIGTERM'), 0)
    t.ok(forum.printed.every((line) => !line.includes('"level":60')))
  })
}
