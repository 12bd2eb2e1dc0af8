import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { sendDueDigests } from '../../../src/forum/digests/send-due.ts'
import { rememberVisit } from '../../../src/forum/digests/settings.ts'
import { unsubscribeToken } from '../../../src/forum/members/unsubscribe-token.ts'
import { startForum, type TestForum } from '../../support/forum.ts'
import { digestReader, fates, laterOn, send, sendDigests } from '../../support/mail.ts'
import { MailServer } from '../../support/mail-server.ts'
import { linksIn } from '../../support/mailbox.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

/** A forum where Zoé follows Marseille and Bob writes. */
async function forumWithReader(t: Test, settings: Record<string, string> = {}) {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000', ...settings })
  const { id, person: zoe } = await digestReader(forum, 'zoe')
  await forum.member('Bob')
  await forum.database.execute(sql`update digest_settings set seen_on = current_date - 1`)
  await zoe.post('/boards/marseille/subscription', { level: 'following' })
  // It is written down when the answer has gone: what a test says of it must come after that.
  await until(
    async () =>
      (await forum.database.execute(sql`select from digest_settings where seen_on = current_date`)).rows.length > 0,
  )
  return { server, forum, id, zoe, texts: () => server.to('zoe@example.org').map(({ mail }) => mail.text ?? '') }
}
const nextAt = async ({ database }: TestForum) => {
  const { rows } = await database.execute<{ future: boolean | null }>(sql`
    select next_at > now() as future from digest_settings`)
  return rows.map(({ future }) => future)
}

t.test('a digest that was decided is not due again, and what is too new for it is in the next', async (t) => {
  const { forum, texts } = await forumWithReader(t)
  await forum.database.execute(sql`
    update digest_settings set rhythm = 'hourly', next_at = date_trunc('hour', now()), covered_until = now() - interval '1 day'`)
  await threadBy(forum, 'Bob', { title: 'Une heure avant' })
  await forum.database.execute(sql`update posts set created_at = now() - interval '2 hours'`)
  await threadBy(forum, 'Bob', { title: 'À l’instant' })
  await sendDueDigests(forum, 3_700)
  await send(forum)
  t.same(await nextAt(forum), [true])
  await sendDigests(forum)
  t.equal(texts().length, 2)
  t.match(texts()[0], 'Une heure avant')
  t.notMatch(texts()[0], 'À l’instant')
  t.match(texts()[1], 'À l’instant')
  t.notMatch(texts()[1], 'Une heure avant')
})

t.test('whoever comes back after the last digest gets them again', async (t) => {
  const { forum, id, texts } = await forumWithReader(t)
  await forum.database.execute(sql`
    update digest_settings set seen_on = current_date - 400, covered_until = now() - interval '40 days'`)
  await threadBy(forum, 'Bob', { title: 'Un an après' })
  await sendDigests(forum)
  t.match(texts().at(-1), 'C’est la dernière lettre')
  t.same(await nextAt(forum), [null])
  await rememberVisit(forum.database, id)
  t.same(await nextAt(forum), [true])
  await threadBy(forum, 'Bob', { title: 'De retour' })
  await sendDigests(forum)
  t.match(texts().at(-1), 'De retour')
})

t.test('an address that is paused misses nothing: what is new is told once it takes mail again', async (t) => {
  const { forum, zoe, texts } = await forumWithReader(t)
  await forum.database.execute(sql`update email_addresses set paused_at = now()`)
  await threadBy(forum, 'Bob', { title: 'Pendant la pause' })
  await sendDigests(forum)
  t.same(await fates(forum), [], 'no mail is even written')
  await zoe.post('/settings/email', { action: 'resume' })
  await sendDigests(forum)
  t.match(texts(), [/Pendant la pause/])
})

t.test('an address that was removed ends them, and another one begins them as they were', async (t) => {
  const { forum, zoe, texts, server } = await forumWithReader(t)
  await zoe.post('/settings/email', { action: 'digest', rhythm: 'weekly', weekday: '5', hour: '18' })
  await zoe.post('/settings/email', { action: 'remove', remove_password: 'quatre mots sans rapport' })
  t.same(await nextAt(forum), [null])
  await threadBy(forum, 'Bob', { title: 'Sans adresse' })
  await zoe.post('/settings/email', { action: 'address', email: 'z@exemple.fr', password: 'quatre mots sans rapport' })
  await send(forum)
  const confirmation = server.to('z@exemple.fr')[0]?.mail
  const [link = ''] = confirmation ? linksIn(confirmation, forum.origin) : []
  await zoe.submit(await zoe.get(link), 'main form', {})
  await sendDigests(forum)
  t.equal(server.to('z@exemple.fr').length, 1, 'nothing of the time in between')
  await threadBy(forum, 'Bob', { title: 'Avec une autre' })
  await sendDigests(forum)
  t.match(server.to('z@exemple.fr').at(-1)?.mail.text, 'Avec une autre')
  const page = await zoe.get('/settings/email')
  t.equal(page.document.querySelector('[name=rhythm][checked]')?.getAttribute('value'), 'weekly')
  t.match(texts(), [/n’est plus celle du compte zoe/])
  t.equal(texts().length, 1, 'the one before is told that it was removed, and nothing else')
})

t.test('one click stops what waits to be sent too', async (t) => {
  const { forum, server, id, texts } = await forumWithReader(t)
  await threadBy(forum, 'Bob', { title: 'Pas encore partie' })
  server.conduct.set('zoe', 'refuse-for-now')
  await sendDigests(forum)
  t.match(await fates(forum), [{ state: 'queued' }])
  server.conduct.clear()
  const token = unsubscribeToken(forum, { member: id, kind: 'digest' })
  await forum.passerBy().post(`/unsubscribe/${token}`, { 'List-Unsubscribe': 'One-Click' })
  t.match(await fates(forum), [{ state: 'dropped', forgotten: true }])
  await laterOn(forum)
  await send(forum)
  t.same(texts(), [])
})

t.test('three connections are enough for a process that sends digests', async (t) => {
  const { forum, texts } = await forumWithReader(t, { DATABASE_POOL: '3' })
  await threadBy(forum, 'Bob', { title: 'À l’étroit' })
  await Promise.all([sendDigests(forum), sendDigests(forum), sendDigests(forum)])
  t.match(texts(), [/À l’étroit/])
})

t.test('the same message never counts as two digests, whoever decides at once', async (t) => {
  const { forum, texts } = await forumWithReader(t)
  await threadBy(forum, 'Bob', { title: 'Une seule fois' })
  await forum.database.execute(sql`update digest_settings set next_at = now()`)
  await Promise.all(Array.from({ length: 5 }, () => sendDueDigests(forum, 0)))
  await send(forum)
  t.equal(texts().length, 1)
})
