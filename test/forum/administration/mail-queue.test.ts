import t from 'tap'
import { keepRetention } from '../../../src/forum/administration/keep-retention.ts'
import { startForum } from '../../support/forum.ts'
import { correspondents, digestTo, queue, send } from '../../support/mail.ts'
import { MailServer } from '../../support/mail-server.ts'

const DAY = 86_400_000

t.test('an admin sees what becomes of mail, and nothing of what it says', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_FROM: 'forum@forum.example' })
  const admin = await forum.member('Ada', 'admin')
  const [ines = 0] = await correspondents(forum, 'inès')
  const stepOf = async () => (await admin.get('/admin')).text('[data-step="mail"]')

  t.match(await stepOf(), /à faire.*vérifier qu’il prend les courriels/)
  const page = await admin.get('/admin/outbox')
  const wrong = await admin.submit(page, 'form.sheet', { address: 'nulle part' })
  t.equal(wrong.status, 422)
  t.match(wrong.text('#address-problem'), 'ressemble à nom@exemple.fr')
  const sent = await admin.submit(page, 'form.sheet', { address: 'ada@example.org' })
  t.equal(sent.location, '/admin/outbox#test-mail')
  t.match((await admin.get('/admin/outbox')).text('[data-test-mail="queued"]'), 'en attente')
  await send(forum)
  t.match(server.to('ada@example.org'), [{ mail: { subject: 'Courriel d’essai' } }])
  t.match((await admin.get('/admin/outbox')).text('[data-test-mail="sent"]'), 'parti')
  t.match(await stepOf(), /fait.*Dernier essai/)

  server.conduct.set('inès', 'refuse')
  await queue(forum, digestTo(ines, { subject: 'Ce qui se dit à Nice' }))
  const waiting = await admin.get('/admin/outbox')
  t.match(waiting.text('.log'), /Lettre i…@example\.org/)
  t.notMatch(waiting.body, /inès@|Ce qui se dit/)
  await send(forum)
  const failed = await admin.get('/admin/outbox')
  t.match(failed.text('.log'), /Lettre i…@example\.org.*refusé par le serveur \(550\)\s: cette adresse n’existe pas/)
  server.conduct.delete('inès')
  t.equal((await admin.submit(failed, '.log form', {})).location, '/admin/outbox')
  await send(forum)
  t.match(server.to('inès@example.org').at(-1), { mail: { subject: 'Ce qui se dit à Nice' } })
  t.equal((await admin.submit(failed, '.log form', {})).status, 404, 'it has left already')

  server.conduct.set('inès', 'refuse')
  await queue(forum, digestTo(ines))
  await send(forum)
  await keepRetention(forum, new Date(Date.now() + 8 * DAY))
  const forgotten = await admin.get('/admin/outbox')
  t.match(forgotten.text('.log'), 'Son texte est oublié')
  t.notOk(forgotten.document.querySelector('.log form'))

  const member = await forum.member('Bob')
  for (const path of ['/admin/outbox/test', '/admin/outbox/1/again'])
    t.equal((await member.post(path, { address: 'bob@example.org' })).status, 403, path)
})
