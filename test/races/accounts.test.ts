import { eq } from 'drizzle-orm'
import t from 'tap'
import { resetPassword } from '../../src/forum/members/administer-member.ts'
import { firstAdminLink } from '../../src/forum/members/first-admin.ts'
import { emailTokens } from '../../src/schema/email-addresses.ts'
import { members, sessions } from '../../src/schema/members.ts'
import { atOnce } from '../support/at-once.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { idOf } from '../support/threads.ts'

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
