import { eq } from 'drizzle-orm'
import t from 'tap'
import { resetPassword } from '../../src/forum/members/administer-member.ts'
import { firstAdminLink } from '../../src/forum/members/first-admin.ts'
import { apiTokens } from '../../src/schema/api.ts'
import { emailTokens } from '../../src/schema/email-addresses.ts'
import { members, sessions } from '../../src/schema/members.ts'
import { secondFactors } from '../../src/schema/second-factors.ts'
import { atOnce } from '../support/at-once.ts'
import { Authenticator, sayPassword } from '../support/authenticator.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { idOf } from '../support/threads.ts'
import { until } from '../support/until.ts'
import { waitingForLocks } from '../support/waiting-for-locks.ts'

t.test('of many who use the setup link at once, one becomes administrator', async (t) => {
  const forum = await startForum(t)
  const setup = new URL((await firstAdminLink(forum)) ?? '').searchParams.get('setup') ?? ''
  const sent = await atOnce(12, async (index) => {
    const name = `Prétendante${String.fromCodePoint(97 + index)}`
    const { status } = await forum.passerBy().post('/register', { username: name, password: PASSWORD, setup })
    return status
  })
  t.same(sent.map((one) => (one.status === 'fulfilled' ? one.value : one.reason)).sort(), [
    303,
    ...Array.from({ length: 11 }, () => 422),
  ])
  const admins = await forum.database.select().from(members).where(eq(members.role, 'admin'))
  t.equal(admins.length, 1)
})

t.test('who logs in or asks for a link while the password changes keeps nothing that the old one opened', async (t) => {
  const forum = await startForum(t)
  for (const round of [1, 2, 3]) {
    const username = `Changeante${round}z`
    const here = await forum.member(username)
    const memberId = await idOf(forum, username)
    await atOnce(9, async (index) => {
      if (index === 4) return resetPassword(forum, username, `quatre autres mots choisis ${round}`)
      if (index % 2 === 0) return forum.passerBy().post('/login', { username, password: PASSWORD })
      return here.post('/settings/email', { action: 'address', email: 'autre@example.org', password: PASSWORD })
    })
    const open = await forum.database.select().from(sessions).where(eq(sessions.memberId, memberId))
    const links = await forum.database.select().from(emailTokens).where(eq(emailTokens.memberId, memberId))
    t.same([open, links], [[], []], `round ${round}`)
  }
})

t.test('who is being shut out makes themself no key to the account in the same moment', async (t) => {
  const forum = await startForum(t)
  const owner = await forum.member('Victorine')
  const memberId = await idOf(forum, 'Victorine')
  await owner.post('/settings/email', { action: 'address', email: 'autre@example.org', password: PASSWORD })
  const { person: thief } = await sayPassword(forum, 'Victorine')
  const app = new Authenticator((await thief.get('/settings/security/totp')).text('[data-secret]'))
  const waiting = () => waitingForLocks(forum)

  const holder = await forum.database.$client.connect()
  await holder.query('begin')
  await holder.query('select from members where id = $1 for update', [memberId])
  const changed = resetPassword(forum, 'Victorine', 'quatre autres mots choisis')
  await until(async () => (await waiting()) === 1)
  const tries = [
    thief.post('/settings/tokens', { name: 'Une clé', scopes: 'write' }),
    thief.post('/settings/security/totp', { code: app.code() }),
    thief.post('/settings/email', { action: 'resend' }),
  ]
  await until(async () => (await waiting()) === 1 + tries.length)
  await holder.query('commit')
  holder.release()
  await changed
  t.same(
    (await Promise.all(tries)).map(({ status }) => status),
    [401, 401, 401],
  )
  for (const table of [apiTokens, secondFactors, emailTokens, sessions]) {
    t.same(await forum.database.select().from(table).where(eq(table.memberId, memberId)), [])
  }
})
