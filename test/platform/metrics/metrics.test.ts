import { once } from 'node:events'
import t from 'tap'
import { WebSocket } from 'ws'
import { figures } from '../../support/figures.ts'
import { startForum } from '../../support/forum.ts'
import { Program } from '../../support/program.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

const METRICS_TOKEN = 'ce que Prometheus montre'.replaceAll(' ', '-')

t.test('what a process does, in figures', async (t) => {
  const forum = await startForum(t, { METRICS_TOKEN })
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Un titre secret', body: 'Des mots' })

  t.test('requests are counted by the pattern of their route, those answered as kept among them', async (t) => {
    for (const _ of [1, 2, 3]) await forum.passerBy().follow(`/threads/${thread.id}/x`)
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Une réponse' })
    await zoe.get('/search?q=adresse%40example.org')
    await zoe.get('/chemin-secret')
    const counted = await figures(forum)
    const requests = (method: string, route: string, status: number) =>
      counted.get(`http_requests_total{method="${method}",route="${route}",status="${status}"}`)
    t.equal(requests('GET', '/threads/:id/:slug', 200), 3)
    t.equal(requests('GET', '/threads/:id/:slug', 301), 3)
    t.equal(requests('POST', '/threads/:id/replies', 303), 1)
    t.equal(requests('GET', 'none', 404), 1)
    t.equal(counted.get('contrechamp_kept_pages_hits_total'), 2)
    t.equal(counted.get('http_request_duration_seconds_count{method="GET",route="/threads/:id/:slug"}'), 4)
  })

  t.test('so are the answers of the database, its connections, jobs, mails, memory and delay', async (t) => {
    const counted = await figures(forum)
    for (const name of [
      ...['contrechamp_database_query_duration_seconds_count', 'contrechamp_database_connections'],
      ...['process_resident_memory_bytes', 'process_cpu_seconds_total', 'contrechamp_kept_pages_misses_total'],
    ]) {
      t.ok((counted.get(name) ?? 0) > 0, name)
    }
    for (const name of [
      ...['contrechamp_database_connections_used', 'contrechamp_database_connections_awaited'],
      ...['contrechamp_jobs_waiting', 'contrechamp_jobs_failed', 'contrechamp_mails_queued'],
      ...['contrechamp_mails_sent_total', 'contrechamp_mails_refused_total', 'contrechamp_mails_delayed_total'],
      ...['nodejs_eventloop_delay_seconds', 'contrechamp_kept_pages_bytes', 'contrechamp_live_sockets'],
    ]) {
      t.ok((counted.get(name) ?? -1) >= 0, name)
    }
  })

  t.test('windows that follow a thread are counted while they are there', async (t) => {
    const origin = forum.origin
    const live = new WebSocket(`${origin.replace('http', 'ws')}/live?thread=${thread.id}&after=0`, { origin })
    await once(live, 'message')
    t.equal((await figures(forum)).get('contrechamp_live_sockets'), 1)
    live.close()
    await until(async () => (await figures(forum)).get('contrechamp_live_sockets') === 0)
  })

  t.test('nothing in them is a person’s word, name or address', async (t) => {
    const { text } = await new Program(forum.origin).get('/metrics')
    for (const word of ['secret', 'Zoé', 'adresse', 'example', '127.0.0.1', METRICS_TOKEN]) t.notMatch(text, word)
  })

  t.test('what the database cannot tell is left out, and the rest is told', async (t) => {
    await forum.database.execute('alter table mails rename to letters')
    const counted = await figures(forum)
    t.notOk(counted.has('contrechamp_mails_queued'))
    t.ok(counted.has('process_resident_memory_bytes'))
    await forum.database.execute('alter table letters rename to mails')
    t.equal((await figures(forum)).get('contrechamp_mails_queued'), 0)
  })
})

t.test('figures are for this machine, and for who has the token', async (t) => {
  const forum = await startForum(t, { METRICS_TOKEN })
  const program = new Program(forum.origin)
  const asked = async (headers: Record<string, string>) => (await program.get('/metrics', headers)).status
  t.equal(await asked({}), 200)
  t.equal(await asked({ 'x-forwarded-for': '127.0.0.1, ::1' }), 200)
  for (const headers of [
    { 'x-forwarded-for': '192.0.2.7' },
    { 'x-forwarded-for': '127.0.0.1, 192.0.2.7' },
    { 'x-forwarded-for': '192.0.2.7, 127.0.0.1' },
    { 'x-forwarded-for': 'unknown' },
    { forwarded: 'for=192.0.2.7' },
    { 'x-real-ip': '192.0.2.7' },
    { 'x-forwarded-proto': 'https' },
  ]) {
    t.equal(await asked(headers), 403, JSON.stringify(headers))
    t.equal(await asked({ ...headers, authorization: `Bearer ${METRICS_TOKEN}` }), 200)
    t.equal(await asked({ ...headers, authorization: 'Bearer un-autre' }), 401)
    t.equal(await asked({ ...headers, authorization: `Basic ${METRICS_TOKEN}` }), 401)
  }
})

t.test('without a token, nobody from elsewhere may guess one', async (t) => {
  const forum = await startForum(t)
  for (const authorization of ['Bearer ', 'Bearer null', 'Bearer undefined', 'Bearer']) {
    const asked = await new Program(forum.origin).get('/metrics', { 'x-forwarded-for': '192.0.2.7', authorization })
    t.equal(asked.status, 401, authorization)
  }
})
