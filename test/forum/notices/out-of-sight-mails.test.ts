import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { digestReader, laterOn, send, sendDigests } from '../../support/mail.ts'
import { MailServer } from '../../support/mail-server.ts'
import { sweepAfter } from '../../support/notifications.ts'
import { threadBy } from '../../support/threads.ts'

t.test('a mail that waits does not tell of what is out of sight since, and the rest of it is told once', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000' })
  const { person: zoe } = await digestReader(forum, 'zoe')
  const bob = await forum.member('Bob')
  const { thread } = await threadBy(forum, 'Bob', { title: 'Le pont', boards: ['nice'] })
  const texts = () => server.to('zoe@example.org').map(({ mail }) => mail.text ?? '')
  const remove = async (number: number) => {
    const page = await bob.get(`/threads/${thread.id}/${thread.slug}`)
    await bob.submit(page, `#post-${number} form[action$="/delete"]`, {})
  }
  const takeAll = async () => {
    server.conduct.clear()
    for (let time = 0; time < 2; time += 1) {
      await laterOn(forum)
      await send(forum)
    }
  }

  await t.test('by notifications', async (t) => {
    await zoe.post('/settings/email', { action: 'digest', rhythm: 'daily', notify_by_mail: 'on' })
    server.conduct.set('zoe', 'refuse-for-now')
    await bob.post(`/threads/${thread.id}/replies`, { body: 'Un secret pour @zoe.' })
    await bob.post(`/threads/${thread.id}/replies`, { body: 'Bonjour @zoe.' })
    await sweepAfter(forum, 6)
    await send(forum)
    await remove(2)
    await takeAll()
    t.equal(texts().length, 1)
    t.match(texts()[0], 'Bonjour')
    t.notMatch(texts()[0], 'secret')
    await sweepAfter(forum, 6)
    await takeAll()
    t.equal(texts().length, 1)
  })

  await t.test('by digests', async (t) => {
    await zoe.post('/settings/email', { action: 'digest', rhythm: 'daily' })
    await zoe.post('/boards/nice/subscription', { level: 'following' })
    await forum.database.execute(sql`update digest_settings set covered_until = now()`)
    server.conduct.set('zoe', 'refuse-for-now')
    const { thread: wrong } = await threadBy(forum, 'Bob', { title: 'Une diffamation', boards: ['nice'] })
    await threadBy(forum, 'Bob', { title: 'Un fait', boards: ['nice'] })
    await sendDigests(forum)
    await forum.database.execute(sql`update threads set removed_at = now() where id = ${wrong.id}`)
    await takeAll()
    t.equal(texts().length, 1, 'nothing yet')
    await sendDigests(forum)
    t.equal(texts().length, 2)
    t.match(texts()[1], 'Un fait')
    t.notMatch(texts()[1], 'diffamation')
  })
})
