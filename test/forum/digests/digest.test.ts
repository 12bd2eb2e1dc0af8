import { sql } from 'drizzle-orm'
import type { ParsedMail } from 'mailparser'
import t from 'tap'
import { sendDueDigests } from '../../../src/forum/digests/send-due.ts'
import { addressFeedback } from '../../../src/forum/members/email-refusals.ts'
import { sendMails } from '../../../src/platform/mail/send-mails.ts'
import { PASSWORD, startForum, type TestForum } from '../../support/forum.ts'
import { linksIn, openMailbox } from '../../support/mailbox.ts'
import type { Person } from '../../support/person.ts'
import { idOf, threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

/** Confirms an address for a member, by the mail that they get. */
async function withAddress(forum: TestForum, mails: () => Promise<ParsedMail>, person: Person, address: string) {
  await person.post('/settings/email', { action: 'address', email: address, password: PASSWORD })
  await sendMails(forum, addressFeedback)
  const [link = ''] = linksIn(await mails(), forum.origin)
  return person.submit(await person.get(link), 'main form', {})
}

t.test('the digest', async (t) => {
  const mailbox = await openMailbox(t)
  const forum = await startForum(t, { SMTP_URL: mailbox.url, MAIL_RATE: '1000' })
  const zoe = await forum.member('Zoé')
  await forum.member('Bob')
  let count = 0
  const nextMail = async () => {
    count += 1
    return (await mailbox.until(count))[count - 1] as ParsedMail
  }
  /** Everybody is due now; what was posted lately is old enough to be told. */
  const sendNow = async () => {
    await forum.database.execute(
      sql`update digest_settings set next_at = now() - interval '1 second' where next_at is not null`,
    )
    await sendDueDigests(forum, 0)
    await sendMails(forum, addressFeedback)
  }

  await t.test('begins when an address is confirmed, by a link that only a click uses', async (t) => {
    t.match((await zoe.get('/settings/email')).text('main'), 'Aucune adresse.')
    const asked = await zoe.post('/settings/email', {
      action: 'address',
      email: 'zoe@exemple.fr',
      password: PASSWORD,
    })
    t.equal(asked.location, '/settings/email?done=asked')
    await sendMails(forum, addressFeedback)
    const mail = await nextMail()
    t.equal(mail.subject, '[Contrechamp] Confirmer cette adresse')
    t.equal(mail.headers.get('list-unsubscribe'), undefined)
    const [link = ''] = linksIn(mail, forum.origin)
    t.equal((await zoe.get(link)).status, 200)
    const confirmed = await zoe.submit(await zoe.get(link), 'main form', {})
    t.equal(confirmed.location, '/settings/email?done=confirmed')
    t.match((await zoe.get('/settings/email')).text('main'), 'zoe@exemple.fr')
    t.equal((await zoe.get(link)).status, 404, 'once')
  })

  await t.test('is never an empty one', async (t) => {
    await sendNow()
    t.equal(mailbox.received.length, count)
  })

  await zoe.post('/boards/marseille/subscription', { level: 'following' })
  const { thread } = await threadBy(forum, 'Bob', {
    title: 'Caméras du port',
    body: 'Huit caméras, rue du Port.',
    replies: 2,
  })

  await t.test('tells what is new in what is followed, and leads to the first unread post', async (t) => {
    await sendNow()
    const mail = await nextMail()
    t.equal(mail.subject, '[Contrechamp] Marseille\u202f: 1 sujet, 2 réponses')
    t.equal(mail.headers.get('auto-submitted'), 'auto-generated')
    t.equal(mail.headers.get('precedence'), 'bulk')
    t.match(mail.headers.get('content-type'), { value: 'multipart/alternative' })
    t.same(Object(mail.headers.get('list')).id, { name: 'digest.127.0.0.1' })
    const { unsubscribe } = Object(mail.headers.get('list'))
    t.match(unsubscribe, { mail: /^forum\+digest-\d+\.[0-9a-f]{24}@localhost\?subject=unsubscribe$/ })
    t.match(mail.messageId, /^<[0-9a-f]{32}@localhost>$/)
    t.same(mail.attachments, [])
    t.match(
      mail.text,
      /MARSEILLE[\s\S]*\* Caméras du port\n {2}Nouveau sujet, par Bob, et 2 réponses\n {2}.+\n {2}Huit caméras, rue du Port\./,
    )
    t.match(mail.html, 'Huit caméras, rue du Port.')
    t.notMatch(mail.html, /<img|<script|src=|@import|url\(/, 'nothing that would be loaded')
    t.ok(String(mail.html).length < 60_000)
    const [first = '', ...links] = linksIn(mail, forum.origin)
    t.equal((await zoe.get(first)).location, `/threads/${thread.id}/${thread.slug}#post-1`)
    for (const link of links) t.equal((await zoe.get(link)).status, 200, link)
    const inHtml = [...String(mail.html).matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link)
    t.same(
      new Set(inHtml.map((link) => link.slice(forum.origin.length))),
      new Set([first, ...links]),
      'the same in both',
    )
  })

  await t.test('tells nothing twice, nor what was read, deleted or muted', async (t) => {
    await sendNow()
    t.equal(mailbox.received.length, count, 'nothing is new')
    const read = (await threadBy(forum, 'Bob', { title: 'Déjà lu' })).thread
    await zoe.get(`/threads/${read.id}/${read.slug}`)
    const muted = (await threadBy(forum, 'Bob', { title: 'Rendu muet' })).thread
    await zoe.post(`/threads/${muted.id}/subscription`, { level: 'muted' })
    await zoe.post('/boards/drones/subscription', { level: 'muted' })
    await threadBy(forum, 'Bob', { title: 'Avec des drones', boards: ['marseille', 'drones'] })
    await threadBy(forum, 'Bob', { title: 'Ailleurs', boards: ['nice'] })
    const gone = (await threadBy(forum, 'Bob', { title: 'Effacé' })).thread
    await forum.database.execute(sql`update posts set deleted_at = now() where thread_id = ${gone.id}`)
    await threadBy(forum, 'Zoé', { title: 'De moi-même' })
    const reads = sql`select from reads where thread_id = ${read.id}`
    await until(async () => (await forum.database.execute(reads)).rows.length > 0)
    await sendNow()
    t.equal(mailbox.received.length, count)
  })

  await t.test('has what is meant for its reader first', async (t) => {
    await threadBy(forum, 'Bob', { title: 'Pour tout le monde' })
    await threadBy(forum, 'Bob', { title: 'Une question', body: 'Qu’en penses-tu, @Zoé ?', boards: ['nice'] })
    await sendNow()
    const mail = await nextMail()
    t.match(mail.subject, /^\[Contrechamp\] Marseille\u202f: 1 message pour vous, 1 sujet$/)
    t.match(mail.text, /POUR VOUS[\s\S]*Une question\n {2}Bob vous mentionne[\s\S]*MARSEILLE[\s\S]*Pour tout le monde/)
  })

  await t.test('is in the language of its reader', async (t) => {
    const ann = await forum.member('Ann')
    await ann.post('/settings', { language: 'en' })
    await withAddress(forum, nextMail, ann, 'ann@example.org')
    await ann.post('/boards/nice/subscription', { level: 'watching' })
    await threadBy(forum, 'Bob', { title: 'À Nice', boards: ['nice'], replies: 1 })
    await sendNow()
    const mail = await nextMail()
    t.equal(mail.subject, '[Contrechamp] Nice: 1 thread, 1 reply')
    t.match(mail.text, 'New thread, by Bob')
    t.match(mail.html, /<html lang="en">[\s\S]*lang="fr"[^>]*>À Nice/)
  })

  await t.test('tells twenty threads, and how many more there are', async (t) => {
    for (let number = 1; number <= 25; number += 1) await threadBy(forum, 'Bob', { title: `Sujet numéro ${number}` })
    await sendNow()
    const mail = await nextMail()
    t.equal(mail.text?.match(/^\* /gm)?.length, 20)
    t.match(mail.text, 'Et 5 autres sujets')
  })

  await t.test('ends with one click, by mail programs too, and no scanner ends it', async (t) => {
    await threadBy(forum, 'Bob', { title: 'Encore un' })
    await sendNow()
    const mail = await nextMail()
    const list = Object(mail.headers.get('list'))
    const stop = String(list.unsubscribe?.url).slice(forum.origin.length)
    t.match(mail.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line, 'List-Unsubscribe=One-Click')
    const stranger = forum.passerBy()
    t.match((await stranger.get(stop)).text('main'), 'Ce lien arrête la lettre du forum.')
    await threadBy(forum, 'Bob', { title: 'Et un autre' })
    await sendNow()
    await nextMail()
    const stopped = await stranger.post(stop, { 'List-Unsubscribe': 'One-Click' }, { origin: 'https://mail.example' })
    t.match(stopped.text('main'), 'La lettre est arrêtée.')
    await threadBy(forum, 'Bob', { title: 'Trop tard' })
    await sendNow()
    t.equal(mailbox.received.length, count)
    const undone = (undo = '') => stranger.submit(stopped, 'main form', { undo })
    t.match(stopped.text('main button[value=weekly]'), 'Plutôt une fois par semaine')
    t.match((await undone('weekly')).text('main'), 'La lettre arrivera une fois par semaine.')
    const before = stopped.document.querySelector('[name=undo]')?.getAttribute('value')
    t.match((await undone(before ?? '')).text('main'), 'La lettre reprend')
    await threadBy(forum, 'Bob', { title: 'De retour' })
    await sendNow()
    t.match((await nextMail()).text, 'De retour')
    t.equal((await stranger.get(`${stop}x`)).status, 404)
  })

  await t.test('becomes rare for who is long away, and ends with a last one', async (t) => {
    const zoeId = await idOf(forum, 'Zoé')
    const away = async (days: number, sinceDays: number) => {
      await forum.database.execute(sql`
        update digest_settings set seen_on = current_date - ${days}::int, covered_until = now() - make_interval(days => ${sinceDays})
        where member_id = ${zoeId}`)
      await threadBy(forum, 'Bob', { title: `Après ${days} jours` })
      await sendNow()
    }
    await away(100, 3)
    t.equal(mailbox.received.length, count, 'not in the same week')
    await away(100, 8)
    t.match((await nextMail()).text, 'Après 100 jours')
    await away(400, 29)
    t.match((await nextMail()).text, 'C’est la dernière lettre')
    await away(400, 29)
    t.equal(mailbox.received.length, count)
  })

  await t.test('can be seen before, on the page and by mail', async (t) => {
    const preview = await zoe.get('/settings/email/preview')
    t.match(preview.text('body'), 'Après 400 jours')
    t.match(preview.headers.get('content-security-policy'), 'sandbox')
    t.equal((await zoe.post('/settings/email', { action: 'send-preview' })).location, '/settings/email?done=mailed')
    await sendMails(forum, addressFeedback)
    t.match((await nextMail()).text, 'Après 400 jours')
  })
})
