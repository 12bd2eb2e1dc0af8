import { eq, sql } from 'drizzle-orm'
import t from 'tap'
import { jobs } from '../../../src/compose.ts'
import { runJobs } from '../../../src/platform/jobs/jobs.ts'
import { emailTokens } from '../../../src/schema/email-addresses.ts'
import { confirmAddress } from '../../support/addresses.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { correspondents } from '../../support/mail.ts'
import { MailServer } from '../../support/mail-server.ts'
import { linksIn } from '../../support/mailbox.ts'

const NEW_PASSWORD = 'cinq autres mots bien choisis'

t.test('a forgotten password', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000' })
  const zoe = await forum.member('Zoé')
  await confirmAddress(forum, server, zoe, 'zoe@exemple.fr')
  const runner = await runJobs(forum, jobs)
  t.teardown(() => runner.stop())
  const passerBy = forum.passerBy()
  const asked = await passerBy.post('/reset', { email: 'ZOE@exemple.fr' })
  const { rows } = await forum.database.execute(sql`select payload::text from graphile_worker._private_jobs`)
  t.notMatch(JSON.stringify(rows).toLowerCase(), 'zoe@', 'no job holds an address that can be read')
  await server.until(() => server.to('zoe@exemple.fr').length === 2)
  const mail = server.to('zoe@exemple.fr').at(-1)?.mail
  const link = (mail && linksIn(mail, forum.origin)[0]) ?? ''

  t.test('answers the same for an address that nobody has', async (t) => {
    const unknown = await passerBy.post('/reset', { email: 'personne@exemple.fr' })
    t.same([unknown.status, unknown.location], [asked.status, asked.location])
    t.match((await passerBy.get('/login')).document.querySelector('[href="/reset"]')?.textContent, /\S/)
  })

  t.test('is replaced by the link, once, which ends every session', async (t) => {
    const page = await passerBy.get(link)
    t.equal(page.status, 200)
    t.equal(page.document.querySelector('[autocomplete=username]')?.getAttribute('value'), 'Zoé')
    const weak = await passerBy.submit(await passerBy.get(link), 'main form', { password: 'motdepasse1234' })
    t.equal(weak.status, 422)
    const done = await passerBy.submit(await passerBy.get(link), 'main form', { password: NEW_PASSWORD })
    t.equal(done.status, 303)
    t.match((await passerBy.follow(done.location ?? '')).text('.notice'), 'est changé', 'and the login says so')
    t.equal((await zoe.get('/')).text('.account bdi'), '')
    t.equal((await passerBy.post('/login', { username: 'Zoé', password: NEW_PASSWORD })).status, 303)
    const used = [await passerBy.get(link), await passerBy.post(link, { password: PASSWORD })]
    for (const visit of used) {
      t.equal(visit.status, 404)
      t.ok(visit.document.querySelector('main .lead a[href="/reset"]'), 'it leads to where another is asked for')
    }
    const confirm = await passerBy.get('/confirm/used')
    t.ok(confirm.document.querySelector('main .lead a[href="/settings/email"]'))
    const stop = await passerBy.get('/unsubscribe/cut-off')
    t.notMatch(stop.text('main'), 'Un autre peut être demandé')
    t.ok(stop.document.querySelector('main .lead a[href="/settings/email"]'))
  })

  t.test('can be asked for by its owner, whatever others have asked for', async (t) => {
    const limited = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000', RATE_LIMITS: 'on' })
    const [owner = 0] = await correspondents(limited, 'visee')
    const limitedRunner = await runJobs(limited, jobs)
    t.teardown(() => limitedRunner.stop())
    const ask = (place: string) =>
      limited.passerBy().post('/reset', { email: 'visee@example.org' }, { 'x-forwarded-for': place })
    for (let count = 0; count < 6; count += 1) t.equal((await ask('192.0.2.1')).location, '/reset?sent=1')
    t.equal((await ask('192.0.2.2')).location, '/reset?sent=1')
    await server.until(() => server.to('visee@example.org').length === 4)
    const tokens = await limited.database.select().from(emailTokens).where(eq(emailTokens.memberId, owner))
    t.equal(tokens.length, 4, 'and all that were sent are valid')
  })

  t.test('leads back who has left', async (t) => {
    const forgetful = await forum.member('Lou')
    await confirmAddress(forum, server, forgetful, 'lou@exemple.fr')
    await forgetful.post('/settings/data/leave', { password: PASSWORD, posts: 'keep' })
    await passerBy.post('/reset', { email: 'lou@exemple.fr' })
    await server.until(() => server.to('lou@exemple.fr').length === 3)
    // What says that they have left may come after it.
    const links = server.to('lou@exemple.fr').flatMap(({ mail }) => linksIn(mail, forum.origin))
    const page = await passerBy.get(links.find((link) => link.includes('/reset/')) ?? '')
    await passerBy.submit(page, 'main form', { password: NEW_PASSWORD })
    const back = await forum.passerBy().post('/login', { username: 'Lou', password: NEW_PASSWORD })
    t.equal(back.status, 303)
    t.equal((await passerBy.get('/members/Lou')).status, 200)
  })

  t.test('cannot be replaced after an hour', async (t) => {
    await forum.passerBy().post('/reset', { email: 'zoe@exemple.fr' })
    await server.until(() => server.to('zoe@exemple.fr').length === 4)
    const last = server.to('zoe@exemple.fr').at(-1)?.mail
    const late = (last && linksIn(last, forum.origin)[0]) ?? ''
    t.equal((await passerBy.get(late)).status, 200)
    await forum.database.execute(sql`update email_tokens set expires_at = expires_at - interval '1 hour'`)
    t.equal((await passerBy.get(late)).status, 404)
  })
})
