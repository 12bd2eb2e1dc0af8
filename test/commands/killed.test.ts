import t from 'tap'
import { startEmbedded } from '../../src/platform/database/embedded/embedded.ts'
import { begin, Crowd, nothingIsLost } from '../support/crowd.ts'
import { freshDatabase } from '../support/forum.ts'
import { FaithfulWindow } from '../support/live-window.ts'
import { dataFolder, serve } from '../support/served.ts'
import { until } from '../support/until.ts'

const PASSWORD = 'quatre mots sans rapport'
const WRITERS = 4

t.test('killed while people post', async (t) => {
  const DATABASE_URL = await freshDatabase()
  const forum = await serve(t, { DATABASE_URL })
  const zoe = await begin(t, forum)
  const reader = new FaithfulWindow(t, [forum.origin], 1)
  const crowd = new Crowd()
  let gone = false
  const crowds = Array.from({ length: WRITERS }, () => crowd.reply(zoe, () => gone))
  await crowd.until(40)
  await forum.end('SIGKILL')
  gone = true
  await Promise.all(crowds)

  const again = await serve(t, { DATABASE_URL, PORT: new URL(forum.origin).port })
  await nothingIsLost(t, DATABASE_URL, crowd, reader)
  const sent = await zoe.post('/threads/1/replies', { body: 'Et nous revoilà' })
  t.equal(sent.status, 303)
  t.match((await again.passerBy().follow(sent.location ?? '')).text('.post:last-child'), 'Et nous revoilà')
  await reader.until(Number(/#post-(\d+)$/.exec(sent.location ?? '')?.[1]))
})

t.test('two processes on one database, the one that also does the jobs killed', async (t) => {
  const DATABASE_URL = await freshDatabase()
  const SECRET = 'le même secret pour les deux processus'
  const [one, other] = await Promise.all([
    serve(t, { DATABASE_URL, SECRET, WORKER: 'off' }),
    serve(t, { DATABASE_URL, SECRET }),
  ])
  const zoe = await begin(t, one)
  const there = other.passerBy()
  t.equal((await there.post('/login', { username: 'Zoé', password: PASSWORD })).status, 303)
  const reader = new FaithfulWindow(t, [other.origin, one.origin], 1)
  const crowd = new Crowd()
  let gone = false
  const crowds = [zoe, zoe, there, there].map((person) => crowd.reply(person, () => gone))
  await crowd.until(30)
  t.comment('30 replies, and one process is killed')
  await other.end('SIGKILL')
  t.comment('it is gone')
  const before = crowd.acknowledged.length
  await crowd.until(before + 20)
  gone = true
  t.comment('20 more, and all shall stop')
  await Promise.all(crowds)
  await nothingIsLost(t, DATABASE_URL, crowd, reader)
})

t.test('the database ends under the forum, and comes back', async (t) => {
  const folder = await dataFolder(t)
  const first = await startEmbedded(folder, { fsync: 'off' })
  if (!first) throw new Error('A new folder in use')
  const forum = await serve(t, { DATABASE_URL: first.url, LOG_LEVEL: 'silent' })
  const zoe = await begin(t, forum)
  const reader = new FaithfulWindow(t, [forum.origin], 1)
  const crowd = new Crowd()
  let enough = false
  const crowds = Array.from({ length: WRITERS }, () => crowd.reply(zoe, () => enough))
  await crowd.until(20)
  await first[Symbol.asyncDispose]()

  const told = await zoe.get('/threads/1')
  t.equal(told.status, 503)
  t.match(told.headers.get('retry-after'), /^\d+$/)
  t.match(told.text('main'), 'Le forum n’atteint pas sa base de données.')
  t.match(await zoe.get('/readyz'), { status: 503, body: 'not ready: database\n' })
  t.equal((await zoe.get('/healthz')).status, 200)
  const kept = await zoe.post('/threads/1/replies', { body: 'Ceci ne sera pas perdu' })
  t.equal(kept.status, 503)
  t.match(kept.body, 'Ceci ne sera pas perdu', 'what was typed comes back')

  const second = await startEmbedded(folder, { fsync: 'off' })
  t.teardown(() => second?.[Symbol.asyncDispose]())
  await until(async () => (await zoe.get('/readyz')).status === 200)
  const before = crowd.acknowledged.length
  await crowd.until(before + 10)
  enough = true
  await Promise.all(crowds)
  await nothingIsLost(t, first.url, crowd, reader)
  await forum.end('SIGTERM')
})
