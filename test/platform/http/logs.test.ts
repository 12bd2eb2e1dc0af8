import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import t from 'tap'
import { loggerOptions, logKept } from '../../../src/platform/http/logging.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'

t.test('a whole journey leaves nothing about a person in the log', async (t) => {
  const forum = await startForum(t, { LOG_LEVEL: 'trace', RATE_LIMITS: 'on' })
  const person = forum.passerBy()
  const agent = { 'user-agent': 'Navigateur-reconnaissable/1.0', 'x-forwarded-for': '203.0.113.77' }
  await person.post('/register', { username: 'Imprudente', password: PASSWORD, next: '/cities/nice' }, agent)
  const session = person.cookie('session') ?? ''
  await person.get('/threads/new?board=marseille&secret=phrase-de-la-requete', agent)
  const sent = await person.post('/threads', {
    title: 'Titre confidentiel',
    body: 'Mon adresse : 3 rue des Lilas',
    boards: ['nice'],
  })
  t.equal(sent.status, 303)
  await person.get(sent.location ?? '', agent)
  await person.post('/threads/1/replies', { body: 'Réponse confidentielle' }, agent)
  await person.get('/members/Imprudente', agent)
  await person.get('/chemin-avec-un-nom/Imprudente?q=mot-cherche', agent)
  await person.post('/login', { username: 'Imprudente', password: 'un mot de passe raté' }, agent)
  await person.post('/threads', { title: '', body: 'Brouillon refusé' }, agent)
  await person.get('/threads/abc-secret/x', agent)
  await person.get('/threads/abc-secret/%', agent)
  await fetch(`${forum.origin}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"mot-cassé',
  })
  await forum.database.execute(sql`alter table posts rename to posts_away`)
  t.equal((await person.post('/threads/1/replies', { body: 'Pendant la panne' }, agent)).status, 500)
  await forum.database.execute(sql`alter table posts_away rename to posts`)

  const log = forum.logged.join('')
  t.ok(forum.logged.length > 10, 'the log is not silent')
  t.match(log, '"route":"/threads/:id/replies"')
  t.match(log, '"failed"')
  for (const trace of [
    ...['127.0.0.1:', '203.0.113.77', 'Navigateur', session, PASSWORD, 'raté', 'Imprudente', 'imprudente'],
    ...['confidentiel', 'Lilas', 'phrase-de', 'mot-cherche', 'Brouillon', 'abc-secret', 'mot-cassé', 'la panne'],
  ]) {
    const said = trace === '127.0.0.1:' ? log.replaceAll(forum.origin, '') : log
    t.notOk(said.includes(trace), `the log does not say ${trace}`)
  }
})

t.test('answers from what is kept are counted, and logged together', async (t) => {
  const lines: string[] = []
  const kept = logKept(pino(loggerOptions('info'), { write: (line: string) => void lines.push(line) }))
  for (const status of [200, 304, 200, 200]) kept.count('/cities/:slug', status)
  kept.count('/', 200)
  kept.write()
  kept.write()
  const said = lines.map((line) => JSON.parse(line)).map(({ route, status, times, msg }) => [route, status, times, msg])
  t.same(said, [
    ['/cities/:slug', 200, 3, 'answered as kept'],
    ['/cities/:slug', 304, 1, 'answered as kept'],
    ['/', 200, 1, 'answered as kept'],
  ])
})
