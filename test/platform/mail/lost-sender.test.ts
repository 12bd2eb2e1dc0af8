import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { correspondents, digestTo, fates, queue, send } from '../../support/mail.ts'
import { MailServer } from '../../support/mail-server.ts'
import { until } from '../../support/until.ts'

t.test('a sender that has lost its connection hands over nothing that another has by now', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000' })
  const [member = 0] = await correspondents(forum, 'lente')
  server.conduct.set('lente', 'hold-back')
  await queue(forum, digestTo(member))
  const first = send(forum)
  await until(() => server.heldBack.length === 1)
  await forum.database.execute(sql`
    select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()
      and database = (select oid from pg_database where datname = current_database())`)
  const second = send(forum)
  await until(() => server.heldBack.length === 2)
  for (const goOn of server.heldBack) goOn()
  await Promise.all([first, second])
  t.equal(server.to('lente@example.org').length, 1)
  t.match(await fates(forum), [{ state: 'sent', sender: null }])
})
