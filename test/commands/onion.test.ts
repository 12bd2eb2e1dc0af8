import { once } from 'node:events'
import t from 'tap'
import { WebSocket } from 'ws'
import { freshDatabase } from '../support/forum.ts'
import { freePort } from '../support/free-port.ts'
import { Person } from '../support/person.ts'
import { command, serve } from '../support/served.ts'

t.test('the door of an onion service', async (t) => {
  const ONION_PORT = String(await freePort())
  const settings = { DATABASE_URL: await freshDatabase(), RATE_LIMITS: 'on', ONION_PORT }
  const forum = await serve(t, settings)
  const origin = `http://127.0.0.1:${ONION_PORT}`
  const visitor = () => new Person(origin)

  t.test('leads to the same forum, live replies included', async (t) => {
    const zoe = visitor()
    const fields = { username: 'Zoé', password: 'quatre mots sans rapport' }
    t.equal((await zoe.post('/register', fields)).status, 303)
    t.equal((await zoe.post('/threads', { title: 'Un sujet', body: 'Bonjour', boards: ['nice'] })).status, 303)
    t.equal((await forum.passerBy().follow('/threads/1')).text('h1'), 'Un sujet')
    const live = new WebSocket(`${origin.replace('http', 'ws')}/live?thread=1&after=0`, { origin })
    const [message] = await once(live, 'message')
    t.match(JSON.parse(String(message)), { thread: 1 })
    live.close()
    await once(live, 'close')
  })

  t.test('believes nobody who says to come from elsewhere', async (t) => {
    const guess = (through: Person, time: number) =>
      through.post('/login', { username: 'Zoé', password: 'au hasard' }, { 'x-forwarded-for': `192.0.2.${time}` })
    for (let time = 0; time < 10; time += 1) t.equal((await guess(visitor(), time)).status, 422)
    t.equal((await guess(visitor(), 11)).status, 429)
    t.equal((await guess(forum.passerBy(), 12)).status, 422, 'as a proxy of ours is')
    const forged = { 'x-forwarded-host': 'evil.example', origin: 'http://evil.example' }
    t.equal((await visitor().post('/login', {}, forged)).status, 403)
    t.equal((await visitor().get('/metrics')).status, 403, 'though it seems to come from this machine')
    t.equal((await forum.passerBy().get('/metrics')).status, 200)
  })

  t.test('is not shut by one of its visitors: others log in, sign up, ask for a link and read', async (t) => {
    const PASSWORD = 'quatre mots sans rapport'
    const one = (path: string, fields: Record<string, string>) => visitor().post(path, fields)
    const names = Array.from({ length: 32 }, (_, number) => `Multiple${number}x`)
    await Promise.all(names.map((username) => one('/register', { username, password: PASSWORD })))
    for (const username of names) await one('/login', { username, password: 'au hasard' })
    await Promise.all(names.map((name) => one('/reset', { email: `${name}@example.org` })))

    t.equal((await visitor().post('/register', { username: 'Nadia', password: PASSWORD })).status, 303)
    t.equal((await visitor().post('/login', { username: 'Zoé', password: PASSWORD })).status, 303)
    t.equal((await visitor().post('/reset', { email: 'zoe@example.org' })).status, 303)
    t.equal((await visitor().follow('/threads/1')).status, 200)
  })

  t.test('that is taken stops the start, in one line', async (t) => {
    const other = await command(['serve'], { ...settings, PORT: String(await freePort()) })
    t.match(other, {
      code: 1,
      complaints: new RegExp(
        `^contrechamp: Port ${ONION_PORT} on 127\\.0\\.0\\.1 is taken: .* ONION_PORT to another\\.\n$`,
      ),
    })
  })

  t.test('closes with the forum', async (t) => {
    await visitor().get('/cities')
    t.equal(await forum.end('SIGTERM'), 0)
  })
})
