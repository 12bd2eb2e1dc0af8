import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { command, dataFolder, serve } from '../support/served.ts'

const PASSWORD = 'quatre mots sans rapport'
const setupIn = (printed: string[]) => printed.map((line) => /\/register\?setup=\S+/.exec(line)?.[0]).find(Boolean)

t.test('a forum of one’s own, from the first start on', async (t) => {
  const DATA_DIR = await dataFolder(t, 'l’été à "Nice" $HOME; `x` & co')
  const first = await serve(t, { DATA_DIR, LOG_LEVEL: 'info' })
  const setup = setupIn(first.printed) ?? ''

  await t.test('whoever opens the link that is printed administers it', async (t) => {
    const zoe = first.passerBy()
    const sent = await zoe.submit(await zoe.get(setup), 'main form', { username: 'Zoé', password: PASSWORD })
    t.equal(sent.status, 303)
    t.match((await zoe.get('/members/Zo%C3%A9')).text('main'), 'Administration')
    await zoe.post('/threads', { title: 'Un premier sujet', body: 'Bonjour', boards: ['nice'] })
  })

  await t.test('and nobody after them', async (t) => {
    const bob = first.passerBy()
    await bob.submit(await bob.get(setup), 'main form', { username: 'Bob', password: PASSWORD })
    t.notMatch((await bob.get('/members/Bob')).text('main'), 'Administration')
  })

  await t.test('a second one cannot have the same data', async (t) => {
    const second = await command(['serve'], { DATA_DIR, PORT: '1' })
    t.match(second, { code: 1, printed: '' })
    t.match(
      second.complaints,
      /^contrechamp: The data in .* is in use by another forum process: stop that one first[^\n]*\n$/,
    )
  })

  await t.test('commands work beside it', async (t) => {
    const made = await command(['member', 'create', 'Amina', '--role', 'moderator'], { DATA_DIR }, `${PASSWORD}\n`)
    t.same(made, { code: 0, printed: 'Made Amina, moderator.\n', complaints: '' })
    const role = await command(['member', 'role', 'Amina', 'member'], { DATA_DIR })
    t.match(role, { code: 0, complaints: '' })
  })

  await t.test('told to stop, it answers what is under way and ends its database', async (t) => {
    const { port } = new URL(first.origin)
    const slow = connect(Number(port), '127.0.0.1')
    await once(slow, 'connect')
    const form = `username=Amina&password=${encodeURIComponent(PASSWORD)}`
    const head = ['POST /login HTTP/1.1', `Host: 127.0.0.1:${port}`, `Origin: ${first.origin}`]
    head.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${form.length}`, '', '')
    slow.write(head.join('\r\n') + form.slice(0, 5))
    // The request has begun once another, sent after it, is answered.
    await first.passerBy().get('/healthz')
    const ended = first.end('SIGTERM')
    // npm hands on the signal that the terminal has already given.
    first.process.kill('SIGTERM')
    slow.write(form.slice(5))
    t.match(await text(slow), /^HTTP\/1.1 303 /)
    t.equal(await ended, 0)
    t.match(first.printed.at(-1), '"route":"/login"', 'what it gathered of its log was written')
    t.notMatch(first.printed.join('\n'), /Zoé|Amina|quatre/)
  })

  const second = await serve(t, { DATA_DIR })
  await t.test('the second start knows everything, and prints no link', async (t) => {
    t.same(second.printed, [`Contrechamp listens on ${second.origin}`])
    t.equal((await second.passerBy().follow('/threads/1')).text('h1'), 'Un premier sujet')
  })

  await t.test('killed, it leaves its database behind, and the next start takes it over', async (t) => {
    t.equal(await second.end('SIGKILL'), null)
    const third = await serve(t, { DATA_DIR })
    t.equal((await third.passerBy().follow('/threads/1')).text('h1'), 'Un premier sujet')
    t.equal(await third.end('SIGINT'), 0)
  })

  await t.test('commands start the database for themselves where no forum runs', async (t) => {
    for (const words of [['migrate'], ['member', 'password', 'Amina']]) {
      t.match(await command(words, { DATA_DIR }, `${PASSWORD} encore\n`), { code: 0, complaints: '' }, words.join(' '))
    }
  })
})
