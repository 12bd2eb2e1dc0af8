import { eq } from 'drizzle-orm'
import t from 'tap'
import { changeSettings } from '../../../src/forum/administration/change-settings.ts'
import { addressFeedback } from '../../../src/forum/members/email-refusals.ts'
import { makeToken } from '../../../src/forum/members/email-tokens.ts'
import { sendMails } from '../../../src/platform/mail/send-mails.ts'
import { emailAddresses } from '../../../src/schema/email-addresses.ts'
import { secondFactors } from '../../../src/schema/second-factors.ts'
import { Authenticator, sayPassword, withSecondFactor } from '../../support/authenticator.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { openMailbox } from '../../support/mailbox.ts'
import { idOf } from '../../support/threads.ts'

t.test('a second factor', async (t) => {
  const mailbox = await openMailbox(t)
  const forum = await startForum(t, { SMTP_URL: mailbox.url })

  t.test('is offered with a secret that stays the same until a code has shown that the app has it', async (t) => {
    const alma = await forum.member('Alma')
    await changeSettings(forum, await idOf(forum, 'Alma'), { name: 'Guet de Nice' })
    const page = await alma.get('/settings/security/totp')
    const secret = page.text('[data-secret]')
    t.match(secret, /^[A-Z2-7]{32}$/)
    t.equal(page.document.querySelector('[data-secret]')?.getAttribute('data-secret'), secret)
    t.ok(page.document.querySelector('.qr svg'))
    const toApp = page.document.querySelector('a[href^="otpauth://totp/"]')?.getAttribute('href') ?? ''
    t.match(toApp, `secret=${secret}`, 'a phone cannot scan its own screen')
    t.match(toApp, 'issuer=Guet%20de%20Nice', 'the app names the forum as it calls itself')
    const wrong = await alma.submit(page, 'form.sheet', { code: '000000' })
    t.equal(wrong.status, 422)
    t.match(wrong.text('#code-problem'), /pas le bon/)
    t.equal(wrong.text('[data-secret]'), secret)
    t.equal((await sayPassword(forum, 'Alma')).asked.location, '/notifications', 'nothing is asked for yet')
  })

  t.test('is offered with another secret to who has shut everybody else out', async (t) => {
    const alix = await forum.member('Alix')
    const secret = async () => (await alix.get('/settings/security/totp')).text('[data-secret]')
    const seen = [await secret()]
    await sayPassword(forum, 'Alix')
    await alix.post('/settings/security', { action: 'end-other-sessions', password: PASSWORD })
    seen.push(await secret())
    const chosen = { current_password: PASSWORD, new_password: 'quatre autres mots choisis' }
    await alix.post('/settings/security', { action: 'change-password', ...chosen })
    seen.push(await secret())
    t.equal(new Set(seen).size, 3)
  })

  t.test('once on, shows ten recovery codes once, and never the secret again', async (t) => {
    const brune = await forum.member('Brune')
    const { codes, shown } = await withSecondFactor(brune)
    t.equal(new Set(codes).size, 10)
    t.match(shown.headers.get('cache-control'), /no-store/)
    const page = await brune.get('/settings/security/totp')
    t.notOk(page.document.querySelector('[data-secret]'))
    t.notMatch(page.body, codes[0] ?? '')
    t.match(page.text('main'), /Il reste 10 codes/)
    const [stored] = await forum.database
      .select()
      .from(secondFactors)
      .where(eq(secondFactors.memberId, await idOf(forum, 'Brune')))
    t.ok(stored?.switchedOnAt)
    t.equal((await brune.post('/settings/security/totp', { code: '123456' })).status, 409)
  })

  t.test('asks for a code after the password, which opens once', async (t) => {
    const chloe = await forum.member('Chloé')
    const { app } = await withSecondFactor(chloe)
    const { person, asked } = await sayPassword(forum, 'Chloé')
    t.equal(asked.location, '/login/code?next=%2Fnotifications')
    t.equal((await person.get('/notifications')).status, 303, 'the password alone opens nothing')
    const page = await person.get(asked.location ?? '')
    const wrong = await person.submit(page, 'form.sheet', { code: '000000' })
    t.equal(wrong.status, 422)
    const code = app.code()
    const opened = await person.submit(wrong, 'form.sheet', { code: `${code.slice(0, 3)} ${code.slice(3)}` })
    t.equal(opened.location, '/notifications')
    t.equal((await person.get('/')).text('.account bdi'), 'Chloé')

    const thief = await sayPassword(forum, 'Chloé')
    t.equal((await thief.person.post('/login/code', { code })).status, 422, 'the same code again')
  })

  t.test('the code that switched it on does not open', async (t) => {
    const dina = await forum.member('Dina')
    const page = await dina.get('/settings/security/totp')
    const code = new Authenticator(page.text('[data-secret]')).code()
    t.equal((await dina.submit(page, 'form.sheet', { code })).status, 200)
    const { person } = await sayPassword(forum, 'Dina')
    t.equal((await person.post('/login/code', { code })).status, 422)
  })

  t.test('of two who say one code at once, one comes in', async (t) => {
    const elsa = await forum.member('Elsa')
    const { app, codes } = await withSecondFactor(elsa)
    for (const code of [app.code(), codes[0] ?? '']) {
      const both = await Promise.all([sayPassword(forum, 'Elsa'), sayPassword(forum, 'Elsa')])
      const answers = await Promise.all(both.map(({ person }) => person.post('/login/code', { code })))
      t.same(answers.map(({ status }) => status).sort(), [303, 422])
    }
  })

  t.test('a recovery code opens once, as people copy it', async (t) => {
    const fanny = await forum.member('Fanny')
    const { codes } = await withSecondFactor(fanny)
    const code = (codes[3] ?? '').toUpperCase().replaceAll('-', ' ')
    const first = await sayPassword(forum, 'Fanny')
    t.equal((await first.person.post('/login/code', { code })).status, 303)
    const again = await sayPassword(forum, 'Fanny')
    t.equal((await again.person.post('/login/code', { code })).status, 422)
    t.match((await fanny.get('/settings/security')).text('main'), /Il reste 9 codes/)
    const renewed = await fanny.post('/settings/security/totp/codes', { password: PASSWORD })
    t.equal(renewed.texts('.codes code').length, 10)
    const old = await sayPassword(forum, 'Fanny')
    t.equal((await old.person.post('/login/code', { code: codes[5] ?? '' })).status, 422)
  })

  t.test('what was being written waits through both steps', async (t) => {
    const gina = await forum.member('Gina')
    const { app } = await withSecondFactor(gina)
    const stranger = forum.passerBy()
    const form = { title: 'Des caméras rue Breteuil', body: 'Trois de plus.', boards: 'marseille' }
    const login = await stranger.post('/threads', form)
    const asked = await stranger.submit(login, 'form[action="/login"]', { username: 'Gina', password: PASSWORD })
    t.equal(asked.status, 200)
    t.ok(asked.document.querySelector('[name=code]'))
    const shown = await stranger.submit(asked, 'form.sheet', { code: app.code() })
    t.equal(shown.status, 200)
    t.match(shown.body, /Trois de plus\./)
  })

  t.test('nor is it lost where the code comes too late, or its member is in already', async (t) => {
    const gilda = await forum.member('Gilda')
    const { app, codes } = await withSecondFactor(gilda)
    const form = { title: 'Des caméras rue Paradis', body: 'Quatre de plus.', boards: 'marseille' }
    const toCode = async () => {
      const stranger = forum.passerBy()
      const login = await stranger.post('/threads', form)
      const asked = await stranger.submit(login, 'form[action="/login"]', { username: 'Gilda', password: PASSWORD })
      return { stranger, asked }
    }
    const late = await toCode()
    late.stranger.setCookie('password-said', 'too old')
    const again = await late.stranger.submit(late.asked, 'form.sheet', { code: '000000' })
    t.match(again.text('main .notice'), /Rien n’est perdu/)
    const asked = await late.stranger.submit(again, '#login', { username: 'Gilda', password: PASSWORD })
    t.match((await late.stranger.submit(asked, 'form.sheet', { code: app.code() })).body, /Quatre de plus\./)

    const twice = await toCode()
    await twice.stranger.post('/login/code', { code: codes[0] ?? '' })
    const shown = await twice.stranger.submit(twice.asked, 'form.sheet', { code: codes[1] ?? '' })
    t.match(shown.text('main'), /Quatre de plus\./)
    t.match((await gilda.get('/settings/security')).text('main'), /Il reste 9 codes/)
  })

  t.test('stays on with another password by a link that was sent', async (t) => {
    const codes = (await withSecondFactor(await forum.member('Lou'))).codes
    const memberId = await idOf(forum, 'Lou')
    const link = await forum.database.transaction((transaction) => makeToken(transaction, 'reset', memberId, null))
    const lou = forum.passerBy()
    const password = 'cinq autres mots bien choisis'
    t.equal((await lou.post(`/reset/${link}`, { password })).location, '/login?reset=1')
    t.match((await lou.post('/login', { username: 'Lou', password })).location, /^\/login\/code/)
    t.match((await lou.get('/settings/data')).location, /^\/login/, 'the password alone opens nothing')
    t.equal((await lou.post('/login/code', { code: codes[0] ?? '' })).status, 303)
    t.equal((await lou.get('/settings/data')).status, 200)
  })

  t.test('is switched off with the password, and is told on the site and by mail', async (t) => {
    const hana = await forum.member('Hana')
    const memberId = await idOf(forum, 'Hana')
    const address = 'hana@example.org'
    await forum.database.insert(emailAddresses).values({ memberId, address, addressKey: address })
    await withSecondFactor(hana)
    const told = await hana.get('/notifications')
    t.match(told.text('.notifications .new'), /a été activée/)
    await sendMails(forum, addressFeedback)
    const [mail] = await mailbox.until(1)
    t.match(mail?.subject, /double authentification est active/i)

    t.equal((await hana.post('/settings/security/totp/off', { password: 'pas celui-là' })).status, 422)
    t.equal((await hana.post('/settings/security/totp/off', { password: PASSWORD })).status, 303)
    t.equal((await sayPassword(forum, 'Hana')).asked.location, '/notifications')
    await sendMails(forum, addressFeedback)
    t.match((await mailbox.until(2))[1]?.subject, /désactivée/)
    await hana.post('/notifications/read')
    t.equal((await hana.get('/notifications')).document.querySelectorAll('.notifications .new').length, 0)
  })

  t.test('needs the password again where the login was long ago', async (t) => {
    const ines = await forum.member('Ines')
    await forum.database.execute(`update sessions set confirmed_at = now() - interval '1 hour'`)
    const page = await ines.get('/settings/security/totp')
    const app = new Authenticator(page.text('[data-secret]'))
    t.ok(page.document.querySelector('form.sheet [name=password]'))
    const code = app.code()
    t.equal((await ines.submit(page, 'form.sheet', { code, password: 'pas celui-là' })).status, 422)
    t.equal((await ines.submit(page, 'form.sheet', { code, password: PASSWORD })).status, 200)
  })

  t.test('a password said before it was changed opens nothing', async (t) => {
    const jade = await forum.member('Jade')
    const { codes } = await withSecondFactor(jade)
    const { person } = await sayPassword(forum, 'Jade')
    await jade.post('/settings/security', {
      action: 'change-password',
      current_password: PASSWORD,
      new_password: 'cinq autres mots bien choisis',
    })
    const late = await person.post('/login/code', { code: codes[0] ?? '' })
    t.equal(late.location, '/login?next=%2F')
  })
})

t.test('guesses at a code', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const lise = await forum.member('Lise')
  const { app } = await withSecondFactor(lise)
  const from = { 'x-forwarded-for': '192.0.2.7' }
  const { person } = await sayPassword(forum, 'Lise')
  for (let count = 0; count < 10; count += 1) {
    t.equal((await person.post('/login/code', { code: String(100_000 + count) }, from)).status, 422)
  }
  t.equal((await person.post('/login/code', { code: '999999' }, from)).status, 429)
  const owner = await sayPassword(forum, 'Lise')
  t.equal((await owner.person.post('/login/code', { code: app.code() })).status, 303, 'the owner still comes in')
})

t.test('guesses at a code from very many places come to an end, and a recovery code still opens', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const owner = await forum.member('Lison')
  const { app, codes } = await withSecondFactor(owner)
  const { person: thief } = await sayPassword(forum, 'Lison')
  const guess = (count: number) =>
    thief.post('/login/code', { code: String(100_000 + count) }, { 'x-forwarded-for': `198.51.100.${count}` })
  const guesses = await Promise.all(Array.from({ length: 30 }, (_, count) => guess(count)))
  for (const visit of guesses) t.match(visit.text('#code-problem'), /pas le bon/)
  t.match((await guess(31)).text('#code-problem'), /code de secours/)
  const { person } = await sayPassword(forum, 'Lison')
  const code = app.code()
  t.equal((await person.post('/login/code', { code })).status, 422, 'the right one does not show')
  t.equal((await person.post('/login/code', { code: codes[0] ?? '' })).status, 303)

  const chosen = 'quatre autres mots choisis'
  const change = { action: 'change-password', current_password: PASSWORD, new_password: chosen }
  t.equal((await person.post('/settings/security', change)).status, 303)
  const again = forum.passerBy()
  await again.post('/login', { username: 'Lison', password: chosen })
  t.equal((await again.post('/login/code', { code })).status, 303, 'with another password, the app opens')
})
