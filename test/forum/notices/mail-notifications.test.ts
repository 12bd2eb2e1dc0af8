import { sql } from 'drizzle-orm'
import t from 'tap'
import { addressFeedback } from '../../../src/forum/members/email-refusals.ts'
import { sweepNotifications } from '../../../src/forum/notices/sweep.ts'
import { sendMails } from '../../../src/platform/mail/send-mails.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { correspondents, fates } from '../../support/mail.ts'
import { linksIn, openMailbox } from '../../support/mailbox.ts'
import { letPass, sweepAfter } from '../../support/notifications.ts'
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
  /** The mails that there are, once so many minutes have passed. */
  const mailsAfter = async (minutes: number) => {
    await sweepAfter(forum, minutes)
    return (await fates(forum)).length
  }
  const reply = (body: string) => bob.post(`/threads/${thread.id}/replies`, { body, reply_to: '1' })

  await reply('Personne ne m’écrira.')
  t.equal(await mailsAfter(10), 0, 'nobody who has not asked for them')
  await zoe.post('/notifications/read')
  await zoe.post('/settings/email', { action: 'digest', notify_by_mail: 'on' })
  await reply('Bonjour.')
  await reply('Et encore.')
  t.equal(await mailsAfter(4), 0, 'a quarrel is one mail')
  await letPass(forum, 2)
  await Promise.all([sweepNotifications(forum), sweepNotifications(forum), sweepNotifications(forum)])
  t.equal(await mailsAfter(10), 1)
  await sendMails(forum, addressFeedback)
  const [mail] = await mailbox.until(1)
  t.equal(mailbox.received.length, 1)
  t.equal(mail?.subject, '[Contrechamp] Le pont')
  t.match(mail?.text, /2 réponses à vos messages/)
  t.match(mail?.references, /^<[0-9a-f]{32}@localhost>$/, 'mails about one thread stand together')
  t.equal(mail?.inReplyTo, mail?.references)
  if (!mail) throw new Error('No mail')
  const [first = '', , ignore = '', , stop = ''] = linksIn(mail, forum.origin)
  t.match((await zoe.get(first)).location, /#post-3$/)
  const level = async () => (await zoe.follow(first)).text('.follow')
  const somebody = forum.passerBy()
  t.match((await somebody.get(ignore)).text('h1'), 'Ignorer ce sujet')
  const before = await level()
  t.notMatch(before, 'Ignoré', 'to open the link changes nothing')
  const ignored = await somebody.post(ignore)
  t.match(await level(), 'Ignoré')
  const undo = ignored.document.querySelector('[name=undo]')?.getAttribute('value') ?? ''
  t.match((await somebody.post(ignore, { undo })).text('main'), 'comme avant')
  t.equal(await level(), before)
  await somebody.post(ignore)
  const again = await somebody.post(ignore)
  await somebody.submit(again, 'main form', {
    undo: again.document.querySelector('[name=undo]')?.getAttribute('value') ?? '',
  })
  t.notMatch(await level(), 'Ignoré', 'though the button was pressed twice')
  await forum.passerBy().post(stop)
  await reply('Plus rien.')
  await mailsAfter(10)
  await sendMails(forum, addressFeedback)
  t.equal(mailbox.received.length, 1, 'what was being gathered is not sent either')
  t.notMatch((await zoe.get('/settings/email')).document.querySelector('[name=notify_by_mail]')?.outerHTML, 'checked')
})

t.test('somebody who reads by mail only', async (t) => {
  const mailbox = await openMailbox(t)
  const forum = await startForum(t, { SMTP_URL: mailbox.url, MAIL_RATE: '1000' })
  await correspondents(forum, 'zoe')
  const zoe = forum.passerBy()
  await zoe.post('/login', { username: 'zoe', password: PASSWORD })
  await zoe.post('/settings/email', { action: 'digest', notify_by_mail: 'on' })
  const bob = await forum.member('Bob')
  const { thread } = await threadBy(forum, 'Bob', { title: 'Le pont' })
  await zoe.post(`/threads/${thread.id}/subscription`, { level: 'watching' })
  await zoe.post('/boards/nice/subscription', { level: 'watching' })
  const reply = (body: string) => bob.post(`/threads/${thread.id}/replies`, { body })
  /** The five minutes are over. */
  const mailed = async () => {
    const before = mailbox.received.length
    await sweepAfter(forum, 6)
    await sendMails(forum, addressFeedback)
    return mailbox.received.slice(before)
  }

  await t.test('is told of each gathering of replies, not of the first one only', async (t) => {
    await reply('Une caméra.')
    t.match(await mailed(), [
      { subject: '[Contrechamp] Le pont', text: /^Le pont\nMarseille.*\n\nBob a répondu · .+\nhttp/ },
    ])
    await reply('Deux caméras.')
    await reply('Trois caméras.')
    const [second] = await mailed()
    t.match(second?.text, /^Le pont\n.+\n\n2 réponses · .+\nhttp/)
    t.match(second?.text, `/threads/${thread.id}/posts/3`, 'from the first that no mail has told')
    t.same(await mailed(), [])
    const page = await zoe.get('/notifications')
    t.same(page.texts('.new p:first-child'), ['3 réponses dans Le pont'], 'and of all of them in one line on the site')
  })

  await t.test('the same of new threads', async (t) => {
    await threadBy(forum, 'Bob', { title: 'Un premier', boards: ['nice'] })
    t.match(await mailed(), [
      { subject: '[Contrechamp] Un premier', text: /Nouveau sujet dans l’espace Nice · .+\nhttp/ },
    ])
    await threadBy(forum, 'Bob', { title: 'Un deuxième', boards: ['nice'] })
    await threadBy(forum, 'Bob', { title: 'Un troisième', boards: ['nice'] })
    t.match(await mailed(), [{ subject: '[Contrechamp] 2 nouveaux sujets dans l’espace Nice' }])
  })

  await t.test('of nothing that was muted or deleted while it was gathered', async (t) => {
    await reply('Quatre.')
    await zoe.post(`/threads/${thread.id}/subscription`, { level: 'muted' })
    t.same(await mailed(), [])
    const { thread: other } = await threadBy(forum, 'Bob', {
      title: 'Une erreur',
      body: 'Pour @zoe.',
      boards: ['lyon'],
    })
    const page = await bob.get(`/threads/${other.id}/${other.slug}`)
    await bob.submit(page, '#post-1 form[action$="/delete"]', {})
    t.same(await mailed(), [])
  })
})
