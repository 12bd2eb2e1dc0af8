import t from 'tap'
import { confirmAddress } from '../support/addresses.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { MailServer } from '../support/mail-server.ts'
import type { Visit } from '../support/person.ts'
import { statementsDuring } from '../support/statements.ts'

/** What somebody learns from an answer, without what they typed themselves and what is another each time. */
const told = ({ status, location, body }: Visit, typed: string): unknown[] => [
  status,
  location,
  body.replaceAll(typed, '…').replace(/value="[\w.~-]{40,}"/g, 'value="…"'),
]

t.test('nobody learns who has an account', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000' })
  const zoe = await forum.member('Zoé')
  await confirmAddress(forum, server, zoe, 'zoe@exemple.fr')
  await forum.member('Bannie')

  t.test('by logging in with a wrong password: by name, by address, with or without an account', async (t) => {
    const asked = async (username: string) =>
      told(await forum.passerBy().post('/login', { username, password: 'un mot de passe faux' }), username)
    const nobody = await asked('Inconnue')
    for (const username of ['Zoé', 'Bannie', 'zoe@exemple.fr', 'rien@exemple.fr'])
      t.same(await asked(username), nobody, username)
  })

  t.test('nor by how much is done for it', async (t) => {
    const countOf = async (username: string) =>
      (await statementsDuring(() => forum.passerBy().post('/login', { username, password: 'un mot de passe faux' })))
        .length
    t.equal(await countOf('Zoé'), await countOf('Inconnue'))
  })

  t.test('by asking for a new password', async (t) => {
    const asked = async (email: string) => told(await forum.passerBy().post('/reset', { email }), email)
    t.same(await asked('zoe@exemple.fr'), await asked('rien@exemple.fr'))
  })

  t.test('by asking for somebody’s address as their own', async (t) => {
    const max = await forum.member('Max')
    const asked = async (email: string) =>
      told(await max.post('/settings/email', { action: 'address', email, password: PASSWORD }), email)
    t.same(await asked('zoe@exemple.fr'), await asked('rien@exemple.fr'))
  })

  t.test('by joining with somebody’s address', async (t) => {
    const asked = async (username: string, email: string) => {
      const { status, location } = await forum.passerBy().post('/register', { username, password: PASSWORD, email })
      return [status, location]
    }
    t.same(await asked('Une', 'zoe@exemple.fr'), await asked('Autre', 'rien@exemple.fr'))
  })

  t.test('nor what a link or a code stands for that they made up', async (t) => {
    for (const place of ['/reset', '/confirm', '/confirmed', '/unsubscribe', '/report']) {
      const codes = ['a'.repeat(20), 'b'.repeat(20), 'c'.repeat(20)]
      const answers = []
      for (const code of codes) answers.push(told(await forum.passerBy().get(`${place}/${code}`), code))
      t.equal(answers[0]?.[0], 404, place)
      for (const answer of answers) t.same(answer, answers[0], place)
    }
  })
})
