import { sql } from 'drizzle-orm'
import t from 'tap'
import { resetPassword } from '../../../src/forum/members/administer-member.ts'
import { askForAddress, confirmAddress, linkTo } from '../../support/addresses.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { send } from '../../support/mail.ts'
import { MailServer } from '../../support/mail-server.ts'
import { linksIn } from '../../support/mailbox.ts'
import type { Person } from '../../support/person.ts'

const NEW_PASSWORD = 'cinq autres mots bien choisis'

const addressOf = async (person: Person) => (await person.get('/settings/email')).text('main section')

t.test('an address', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000' })

  t.test('is the member’s once they have confirmed it, with a button, once', async (t) => {
    const zoe = await forum.member('Zoé')
    await askForAddress(zoe, 'Zoe@exemple.fr')
    const link = await linkTo(forum, server, 'Zoe@exemple.fr')
    for (const opened of [1, 2]) t.equal((await zoe.get(link)).status, 200, `opened ${opened} times`)
    t.match(await addressOf(zoe), 'Aucune adresse', 'which scanners do, and nothing happens')
    const elsewhere = forum.passerBy()
    const asked = await elsewhere.get(link)
    t.match(asked.text('main form'), /Zoe@exemple\.fr devient l’adresse du compte Zoé/)
    const confirmed = await elsewhere.submit(asked, 'main form', {})
    t.equal(confirmed.status, 303)
    const said = await elsewhere.get(confirmed.location ?? '')
    t.match(said.text('main'), /Zoe@exemple\.fr est maintenant l’adresse du compte Zoé/, 'also without a session')
    for (const forged of ['1', '1-9999999999999']) {
      t.equal((await elsewhere.get(`/confirmed/${forged}.000000000000000000000000`)).status, 404)
    }
    t.match(await addressOf(zoe), 'Zoe@exemple.fr')
    t.equal((await zoe.get(link)).status, 404)
    t.equal((await zoe.post(link)).status, 404)
  })

  t.test('that comes after it is not shown to who has confirmed the one before', async (t) => {
    const nour = await forum.member('Nour')
    await askForAddress(nour, 'nour@travail.example')
    const link = await linkTo(forum, server, 'nour@travail.example')
    const elsewhere = forum.passerBy()
    const { location } = await elsewhere.submit(await elsewhere.get(link), 'main form', {})
    t.equal((await elsewhere.get(location ?? '')).status, 200)
    t.equal(
      (await confirmAddress(forum, server, nour, 'nour@cachette.example')).location,
      '/settings/email?done=confirmed',
    )
    t.equal((await elsewhere.get(location ?? '')).status, 404)
  })

  t.test('needs the password, the first one too', async (t) => {
    const marc = await forum.member('Marc')
    const refused = await askForAddress(marc, 'marc@exemple.fr', 'pas celui-là')
    t.equal(refused.status, 422)
    t.match(refused.text('#password-problem'), 'mot de passe')
    await send(forum)
    t.same(server.to('marc@exemple.fr'), [])
  })

  t.test('waits for a day', async (t) => {
    const lise = await forum.member('Lise')
    await askForAddress(lise, 'lise@exemple.fr')
    const link = await linkTo(forum, server, 'lise@exemple.fr')
    await forum.database.execute(sql`update email_tokens set expires_at = expires_at - interval '24 hours'`)
    t.equal((await lise.get(link)).status, 404)
    t.equal((await lise.post(link)).status, 404)
    t.match(await addressOf(lise), 'Aucune adresse')
  })

  t.test('that changes is told to the one before', async (t) => {
    const ines = await forum.member('Inès')
    await confirmAddress(forum, server, ines, 'avant@exemple.fr')
    await confirmAddress(forum, server, ines, 'apres@exemple.fr')
    await send(forum)
    t.match(await addressOf(ines), 'apres@exemple.fr')
    t.equal(server.to('avant@exemple.fr').length, 2, 'its confirmation, and this notice')
    t.match(server.to('avant@exemple.fr').at(-1)?.mail.text, 'Inès')
  })

  t.test('is removed at any time, and nothing is sent there any more', async (t) => {
    const olga = await forum.member('Olga')
    await confirmAddress(forum, server, olga, 'olga@exemple.fr')
    const refused = await olga.post('/settings/email', { action: 'remove', remove_password: 'pas celui-là' })
    t.match(refused.text('#remove_password-problem'), 'mot de passe')
    t.match(await addressOf(olga), 'olga@exemple.fr', 'an open window alone removes nothing')
    await olga.post('/settings/email', { action: 'remove', remove_password: PASSWORD })
    t.match(await addressOf(olga), 'Aucune adresse')
    await send(forum)
    t.match(server.to('olga@exemple.fr').at(-1)?.mail.text, 'n’est plus celle du compte Olga')
  })

  t.test('that waits to be confirmed is shown, and its link can be sent again, corrected and withdrawn', async (t) => {
    const rose = await forum.member('Rose')
    await askForAddress(rose, 'rsoe@exemple.fr')
    const wrong = await linkTo(forum, server, 'rsoe@exemple.fr')
    t.match(await addressOf(rose), /envoyé à rsoe@exemple\.fr/)
    await askForAddress(rose, 'rose@exemple.fr')
    t.equal((await rose.get(wrong)).status, 404, 'the mistaken one is of no use any more')
    const first = await linkTo(forum, server, 'rose@exemple.fr')
    await rose.post('/settings/email', { action: 'resend' })
    const second = await linkTo(forum, server, 'rose@exemple.fr')
    t.not(first, second)
    t.same([(await rose.get(first)).status, (await rose.get(second)).status], [200, 200], 'the one before stays valid')
    await rose.post('/settings/email', { action: 'withdraw' })
    t.notMatch(await addressOf(rose), 'rose@exemple.fr')
    t.same([(await rose.get(first)).status, (await rose.get(second)).status], [404, 404])
  })

  t.test('is one, however its domain is written', async (t) => {
    const marcel = await forum.member('Marcel')
    await askForAddress(marcel, 'marcel@xn--prfecture-c4a.exemple.fr')
    const link = await linkTo(forum, server, 'marcel@préfecture.exemple.fr')
    await marcel.submit(await marcel.get(link), 'main form', {})
    t.match(await addressOf(marcel), 'marcel@préfecture.exemple.fr')
    for (const username of [
      ...['marcel@préfecture.exemple.fr', 'Marcel@PRÉFECTURE.exemple.fr', 'marcel@xn--prfecture-c4a.exemple.fr'],
      'marcel@pre\u0301fecture.ｅxemple.fr',
      'marcel@préfecture.exemple.fr。',
    ]) {
      t.equal((await forum.passerBy().post('/login', { username, password: PASSWORD })).status, 303, username)
    }
  })

  t.test('that somebody with the old password wants waits in vain once there is another', async (t) => {
    const owner = await forum.member('Reprise')
    await confirmAddress(forum, server, owner, 'reprise@exemple.fr')
    const thief = forum.passerBy()
    await thief.post('/login', { username: 'Reprise', password: PASSWORD })
    await askForAddress(thief, 'voleur@exemple.fr')
    const link = await linkTo(forum, server, 'voleur@exemple.fr')
    t.equal((await thief.get(link)).status, 200)
    const fields = { action: 'change-password', current_password: PASSWORD, new_password: NEW_PASSWORD }
    await owner.post('/settings/security', fields)
    t.equal((await thief.post(link)).status, 404)
    t.match(await addressOf(owner), 'reprise@exemple.fr')
    await send(forum)
    const told = server.to('reprise@exemple.fr').at(-1)?.mail
    t.match(told?.text, 'Le mot de passe du compte Reprise vient de changer')
    t.match(told && linksIn(told, forum.origin)[0], '/reset')
  })

  t.test('that was asked for is forgotten with the password that the command replaces', async (t) => {
    const other = await forum.member('Commandée')
    await askForAddress(other, 'attente@exemple.fr')
    const link = await linkTo(forum, server, 'attente@exemple.fr')
    await resetPassword(forum, 'Commandée', NEW_PASSWORD)
    t.equal((await forum.passerBy().post(link)).status, 404)
  })

  t.test('is one member’s only, and who asks for another’s does not learn that', async (t) => {
    const first = await forum.member('Prem')
    const other = await forum.member('Deuz')
    await confirmAddress(forum, server, first, 'commune@exemple.fr')
    const taken = await askForAddress(other, 'COMMUNE@exemple.fr')
    const free = await askForAddress(other, 'libre@exemple.fr')
    t.same([taken.status, taken.location], [free.status, free.location])
    await askForAddress(other, 'COMMUNE@exemple.fr')
    const link = await linkTo(forum, server, 'COMMUNE@exemple.fr')
    t.equal((await other.submit(await other.get(link), 'main form', {})).status, 422, 'who reads its mail does')
    t.match(await addressOf(other), 'Aucune adresse')
    t.match(await addressOf(first), 'commune@exemple.fr')
  })
})

t.test('confirmations are limited for each member, and for each address', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const [one, other] = [await forum.member('Une'), await forum.member('Autre')]
  for (let count = 0; count < 3; count += 1) t.equal((await askForAddress(one, 'visee@exemple.fr')).status, 303)
  t.equal((await askForAddress(one, 'visee@exemple.fr')).status, 429)
  t.equal((await askForAddress(other, 'visee@exemple.fr')).status, 303, 'who else asks has not used that up')
  t.equal((await askForAddress(one, 'une@exemple.fr')).status, 303)
  t.equal((await askForAddress(one, 'encore@exemple.fr')).status, 429)

  for (let index = 0; index < 21; index += 1) {
    const fan = await forum.member(`Abonnée${index}z`)
    await askForAddress(fan, 'visee@exemple.fr')
  }
  const newcomer = forum.passerBy()
  const fields = { username: 'Venue', password: PASSWORD, email: 'visee@exemple.fr' }
  const registered = await newcomer.post('/register', fields)
  t.equal(registered.location, '/settings/email?done=later', 'who registers then has an account all the same')
  t.match((await newcomer.get('/settings/email?done=later')).text('[role=status]'), 'Le compte est là.')
})
