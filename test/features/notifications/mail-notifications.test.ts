import { sql } from 'drizzle-orm'
import t from 'tap'
import { countRefusal } from '../../../src/features/email/addresses.ts'
import { mailNotifications } from '../../../src/features/notifications/mail-notifications.ts'
import { sendMails } from '../../../src/platform/mail/send-mails.ts'
import { startForum } from '../../support/forum.ts'
import { linksIn, openMailbox } from '../../support/mailbox.ts'
import { idOf, threadBy } from '../../support/threads.ts'

t.test('notifications by mail, for those who want them', async (t) => {
  const mailbox = await openMailbox(t)
  const forum = await startForum(t, { SMTP_URL: mailbox.url })
  const zoe = await forum.member('Zoé')
  const bob = await forum.member('Bob')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Le pont' })
  const zoeId = await idOf(forum, 'Zoé')
  await forum.database.execute(sql`
    insert into email_addresses (member_id, address, address_key) values (${zoeId}, 'zoe@exemple.fr', 'zoe@exemple.fr')`)
  const jobs = async () => {
    const { rows } = await forum.database.execute<{ minutes: string }>(sql`
      select extract(epoch from run_at - now()) / 60 as minutes from graphile_worker.jobs where task_identifier = 'mail_notifications'`)
    return rows.map(({ minutes }) => Math.round(Number(minutes)))
  }
  const reply = (body: string) => bob.post(`/threads/${thread.id}/replies`, { body, reply_to: '1' })

  await reply('Personne ne m’écrira.')
  t.same(await jobs(), [], 'nobody who has not asked for them')
  await zoe.post('/notifications/read')
  await zoe.post('/settings/email', { action: 'digest', notify_by_mail: 'on' })
  await reply('Bonjour.')
  await reply('Et encore.')
  t.same(await jobs(), [5], 'a quarrel is one mail')

  await mailNotifications(forum, zoeId)
  await mailNotifications(forum, zoeId)
  await sendMails(forum, countRefusal)
  const [mail] = await mailbox.until(1)
  t.equal(mailbox.received.length, 1)
  t.equal(mail?.subject, 'Le pont')
  t.match(mail?.text, /2 réponses à vos messages/)
  t.match(mail?.references, /^<[0-9a-f]{32}@localhost>$/, 'mails about one thread stand together')
  t.equal(mail?.inReplyTo, mail?.references)
  if (!mail) throw new Error('No mail')
  const [first = '', , stop = ''] = linksIn(mail, forum.origin)
  t.match((await zoe.get(first)).location, /#post-3$/)
  await forum.passerBy().post(stop)
  await reply('Plus rien.')
  await mailNotifications(forum, zoeId)
  t.notMatch((await zoe.get('/settings/email')).document.querySelector('[name=notify_by_mail]')?.outerHTML, 'checked')
})
