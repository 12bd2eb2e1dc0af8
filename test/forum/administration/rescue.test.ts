import { eq, sql } from 'drizzle-orm'
import t from 'tap'
import { addressFeedback } from '../../../src/forum/members/email-refusals.ts'
import { sendMails } from '../../../src/platform/mail/send-mails.ts'
import { emailAddresses } from '../../../src/schema/email-addresses.ts'
import { sessions } from '../../../src/schema/members.ts'
import { sayPassword, withSecondFactor } from '../../support/authenticator.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { openMailbox } from '../../support/mailbox.ts'
import { idOf, threadBy } from '../../support/threads.ts'

const OTHER = 'cinq autres mots bien choisis'

t.test('a member who has lost everything', async (t) => {
  const mailbox = await openMailbox(t)
  const forum = await startForum(t, { SMTP_URL: mailbox.url })
  const admin = await forum.member('Zoé', 'admin')
  const alma = await forum.member('Alma')
  const memberId = await idOf(forum, 'Alma')
  await forum.database
    .insert(emailAddresses)
    .values({ memberId, address: 'alma@example.org', addressKey: 'alma@example.org' })
  await withSecondFactor(alma)

  t.test('is let in by a link that an admin makes, once', async (t) => {
    const page = await admin.get('/members/Alma')
    const made = await admin.submit(page, 'form[action$=rescue]', {})
    const link = made.text('[data-link]')
    t.match(link, /\/reset\//)
    t.match(made.headers.get('cache-control'), /no-store/)
    t.match((await alma.get('/notifications')).text('main'), /lien pour rouvrir ce compte/)
    await sendMails(forum, addressFeedback)
    t.ok((await mailbox.until(2)).some(({ subject }) => /lien pour rouvrir/.test(subject ?? '')))
    t.match((await admin.get('/moderation/log')).body, /Alma/)
    const path = new URL(link).pathname
    const stranger = forum.passerBy()
    const chosen = await stranger.submit(await stranger.get(path), 'form.sheet', { password: OTHER })
    t.equal(chosen.location, '/login?reset=1')
    const inside = await stranger.post('/login', { username: 'Alma', password: OTHER, next: '/notifications' })
    t.equal(inside.location, '/notifications', 'without a code')
    t.equal((await alma.get('/notifications')).status, 303, 'who was in is out')
    t.equal((await stranger.get(path)).status, 404)
  })

  t.test('is not let in by anybody else', async (t) => {
    for (const role of ['member', 'moderator'] as const) {
      const person = await forum.member(`Brune${role}`.slice(0, 8), role)
      t.equal((await person.post('/members/Alma/rescue')).status, 403)
    }
    t.equal((await forum.passerBy().post('/members/Alma/rescue')).status, 401)
    t.equal((await admin.post('/members/Personne/rescue')).status, 404)
  })
})

t.test('pages of admins', async (t) => {
  const forum = await startForum(t)

  t.test('ask for the password where the login was long ago, and lose nothing', async (t) => {
    const { person: admin } = await (async () => {
      await forum.member('Chloé', 'admin')
      return sayPassword(forum, 'Chloé')
    })()
    const page = await admin.get('/admin/settings')
    t.equal(page.status, 200)
    await forum.database
      .update(sessions)
      .set({ confirmedAt: sql`now() - interval '16 minutes'` })
      .where(eq(sessions.memberId, await idOf(forum, 'Chloé')))
    t.match((await admin.get('/admin/settings')).location, /^\/login\/again\?next=/)
    const asked = await admin.post('/admin/settings', { name: 'Contre-champ', tagline_fr: 'Regarder à son tour' })
    t.equal(asked.status, 401)
    const done = await admin.submit(asked, 'form[action="/login/again"]', { password: PASSWORD })
    t.equal(done.location, '/admin/settings?saved=1')
    t.match((await forum.passerBy().get('/')).text('.wordmark'), /Contre-champ/)
  })

  t.test('moderators and admins act with a second factor only, where that is asked for', async (t) => {
    const admin = await forum.member('Dina', 'admin')
    const moderator = await forum.member('Elsa', 'moderator')
    await forum.member('Fanny')
    const { thread } = await threadBy(forum, 'Fanny')
    await withSecondFactor(admin)
    await admin.post('/admin/settings', { staff_second_factor: 'on' })
    const refused = await moderator.post(`/threads/${thread.id}/lock`)
    t.equal(refused.status, 403)
    t.ok(refused.document.querySelector('a[href="/settings/security/totp"]'))
    t.match((await moderator.get('/')).text('.notice'), /double authentification/)
    const without = await forum.member('Gina', 'admin')
    t.equal((await without.get('/admin/settings')).status, 403)
    await withSecondFactor(moderator)
    t.equal((await moderator.post(`/threads/${thread.id}/lock`)).status, 303)
    t.equal((await admin.get('/admin/settings')).status, 200)
    t.notMatch((await moderator.get('/')).body, /n’a d’effet/)
  })
})
