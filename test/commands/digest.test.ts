import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../support/forum.ts'
import { digestReader } from '../support/mail.ts'
import { MailServer } from '../support/mail-server.ts'
import { command } from '../support/served.ts'
import { threadBy } from '../support/threads.ts'

const SECRET = 'le même secret pour tous les processus'

t.test('digests at once, by hand', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SECRET })
  for (const name of ['zoe', 'ada']) {
    const { person } = await digestReader(forum, name)
    await person.post('/boards/marseille/subscription', { level: 'following' })
  }
  await forum.member('Bob')
  await threadBy(forum, 'Bob', { title: 'Le pont' })
  await forum.database.execute(sql`update posts set created_at = now() - interval '1 minute'`)
  await forum.database.execute(sql`update digest_settings set covered_until = now() - interval '1 hour'`)
  const run = (...words: string[]) =>
    command(['digest', ...words], { DATABASE_URL: forum.config.databaseUrl ?? '', SECRET, SMTP_URL: server.url })
  const to = () => server.received.map((mail) => mail.to.split('@')[0])

  await t.test('go to one member', async (t) => {
    t.match(await run('--now', '--member', 'ZOE'), { code: 0, complaints: '' })
    t.same(to(), ['zoe'])
  })

  await t.test('or to all, and to nobody twice', async (t) => {
    t.match(await run('--now'), { code: 0, complaints: '' })
    t.same(to(), ['zoe', 'ada'])
  })

  await t.test('and to nobody by mistake', async (t) => {
    t.match(await run('--now', '--member', 'Bob'), { code: 1, complaints: /Nobody called Bob gets digests/ })
    for (const words of [[], ['--member', 'zoe'], ['--later']])
      t.match(await run(...words), { code: 1, complaints: /Use: digest --now/ })
    t.equal(to().length, 2)
  })
})
