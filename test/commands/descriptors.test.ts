import { once } from 'node:events'
import { connect } from 'node:net'
import t, { type Test } from 'tap'
import { freshDatabase } from '../support/forum.ts'
import { serve } from '../support/served.ts'

/** Opens connections that say nothing, until the end of the test. */
async function idle(t: Test, port: number, count: number): Promise<void> {
  const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1').on('error', () => {}))
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
  })
  await Promise.all(sockets.map((socket) => Promise.race([once(socket, 'connect'), once(socket, 'close')])))
}

for (const descriptors of [160, 256]) {
  t.test(`with ${descriptors} descriptors, idle connections keep nobody from the forum`, async (t) => {
    const forum = await serve(t, { DATABASE_URL: await freshDatabase() }, { descriptors })
    const port = Number(new URL(forum.origin).port)
    const fresh = { connection: 'close' }
    for (let round = 0; round < 3; round += 1) {
      await idle(t, port, 2 * descriptors)
      t.equal((await forum.passerBy().get(`/cities/nice?before=${round}.1`, fresh)).status, 200)
    }
    const zoe = forum.passerBy()
    const sent = await zoe.post('/register', { username: 'Zoé', password: 'quatre mots sans rapport' }, fresh)
    t.equal(sent.status, 303)
    t.equal(await forum.end('SIGTERM'), 0)
    t.ok(forum.printed.every((line) => !line.includes('"level":60')))
  })
}
