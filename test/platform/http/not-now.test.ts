import { sql } from 'drizzle-orm'
import t from 'tap'
import { notNow } from '../../../src/platform/database/unreachable.ts'
import { startForum } from '../../support/forum.ts'
import { onTestServer } from '../../support/test-database.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

const ERRORS = [
  ['53100', /disque du serveur est plein/],
  ['25006', /n’accepte que la lecture/],
  ...['57014', '55P03', '40P01', '40001'].map((code) => [code, /très occupé/] as const),
  ...['53200', '53300', '58030', '58P01', '57P02', '57P03', '08006'].map((code) => [code, /base de données/] as const),
] as const

t.test('what the database refuses only for now', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  await forum.database.execute(sql`
    create function refuse() returns trigger language plpgsql as $$
    begin raise exception 'refused' using errcode = current_setting('forum.refusal'); end $$`)
  await forum.database.execute(sql`create trigger refuse before insert on posts for each row execute function refuse()`)
  const { rows } = await forum.database.execute<{ name: string }>(sql`select current_database() as name`)
  const name = rows[0]?.name ?? ''
  /** Ends the forum's connections, so that it comes back with what the database now says. */
  async function setting(assignment: string): Promise<void> {
    await onTestServer(`alter database ${name} ${assignment}`)
    await onTestServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
    await until(async () => (await zoe.get('/notifications')).status === 200)
  }

  for (const [code, told] of ERRORS) {
    t.test(`${code}: is told so, with the text and when to try again, and logged once`, async (t) => {
      await setting(`set forum.refusal = '${code}'`)
      forum.logged.length = 0
      for (const body of ['Ce que j’ai écrit', 'Encore']) {
        const sent = await zoe.post(`/threads/${thread.id}/replies`, { body })
        t.equal(sent.status, 503)
        t.match(sent.text('h1'), told)
        t.equal(sent.headers.get('retry-after'), '10')
        t.same(sent.fields('form.compose').body, [body])
      }
      const lines = forum.logged.filter((line) => line.includes('just now'))
      t.equal(lines.filter((line) => line.includes(`"${code}"`) && line.includes('/threads/:id/replies')).length, 1)
      t.notMatch(forum.logged.join('\n'), 'écrit')
    })
  }

  t.test('a database that only lets itself be read is not ready', async (t) => {
    t.equal((await zoe.get('/readyz')).status, 200)
    await setting('set default_transaction_read_only = on')
    t.equal((await zoe.get('/cities')).status, 200)
    t.match(await zoe.get('/readyz'), { status: 503, body: 'not ready: read-only\n' })
    const sent = await zoe.post('/threads', { title: 'Un sujet', body: 'Mon texte', boards: ['nice'] })
    t.equal(sent.status, 503)
    t.same(sent.fields('form.compose').body, ['Mon texte'])
    await setting('reset default_transaction_read_only')
    t.equal((await zoe.get('/readyz')).status, 200)
  })
})

t.test('a want of the system’s own is for now; a mistake of ours is not', async (t) => {
  const failed = (code: string, syscall: string) => Object.assign(new Error(code), { code, syscall })
  for (const [code, syscall, reason] of [
    ['EMFILE', 'open', 'busy'],
    ['ENFILE', 'connect', 'busy'],
    ['ENOSPC', 'write', 'disk_full'],
    ['ECONNREFUSED', 'connect', 'away'],
  ] as const) {
    t.match(notNow(new Error('wrapped', { cause: failed(code, syscall) })), { code, reason })
    t.match(notNow(new AggregateError([failed(code, syscall), failed(code, syscall)])), { code, reason })
  }
  const circle: Error = new Error('circle')
  circle.cause = circle
  for (const error of [new TypeError('x is undefined'), failed('ENOENT', 'open'), circle, 'a text', null]) {
    t.equal(notNow(error), null)
  }
})
