import t from 'tap'
import { imposeSanction } from '../../src/forum/moderation/impose-sanction.ts'
import { passkeys } from '../../src/schema/passkeys.ts'
import { openWindow, startBrowser } from '../support/browser.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { freePort } from '../support/free-port.ts'
import { unban } from '../support/sanctions.ts'

t.test('a passkey', async (t) => {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const forum = await startForum(t, { PORT: String(port), ORIGIN: origin, HOST: 'localhost' })
  await forum.member('Alma')
  const window = await openWindow(t, await startBrowser(), origin)
  const devices = await window.context().newCDPSession(window)
  await devices.send('WebAuthn.enable')
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })

  await t.test('is added with a name, and told', async (t) => {
    await window.goto('/login')
    await window.fill('[name=username]', 'Alma')
    await window.fill('#login [name=password]', PASSWORD)
    await window.click('#login button.main')
    await window.goto('/settings/security')
    await window.fill('form[data-passkey=new] [name=name]', 'Mon téléphone')
    await window.click('form[data-passkey=new] button')
    await window.waitForURL(/saved=1/)
    t.match(await window.textContent('main'), /Mon téléphone/)
    await window.goto('/notifications')
    t.match(await window.textContent('main'), /clé d’accès a été ajoutée/)
  })

  await t.test('opens the account alone, each time anew', async (t) => {
    for (const count of [1, 2]) {
      await window.context().clearCookies()
      await window.goto('/login?next=/settings/security')
      await window.click('form[data-passkey=login] button')
      await window.waitForURL(`${origin}/settings/security`)
      t.equal(await window.textContent('.account bdi'), 'Alma', String(count))
    }
    const [stored] = await forum.database.select().from(passkeys)
    t.ok((stored?.counter ?? 0) > 1)
  })

  await t.test('takes along what was being written when the session ended', async (t) => {
    await window.goto('/threads/new?board=nice')
    await window.fill('[name=title]', 'Des caméras rue Paradis')
    await window.fill('[name=body]', 'Quatre de plus, et un mât.')
    await window.context().clearCookies()
    await window.click('form[action="/threads"] button.main')
    await window.click('form[data-passkey=login] button')
    await window.waitForSelector('.account bdi')
    t.equal(await window.inputValue('[name=body]'), 'Quatre de plus, et un mât.')
  })

  await t.test('what it has signed opens nothing a second time, nor in another browser', async (t) => {
    await window.context().clearCookies()
    await window.goto('/login')
    const sent = window.waitForRequest(
      (request) => request.method() === 'POST' && request.url().endsWith('/login/passkey'),
    )
    await window.click('form[data-passkey=login] button')
    const request = await sent
    const { cookie = '' } = await request.allHeaders()
    const response = new URLSearchParams(request.postData() ?? '').get('response') ?? ''
    const thief = forum.passerBy()
    t.equal((await thief.post('/login/passkey', { response })).status, 422, 'without the challenge')
    const again = await thief.post('/login/passkey', { response }, { cookie })
    t.equal(again.status, 422, 'with a challenge that is used')
  })

  await t.test('one of nobody, or without its owner, opens nothing', async (t) => {
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    await window.context().clearCookies()
    await window.goto('/login')
    await window.click('form[data-passkey=login] button')
    await window.waitForSelector('form[data-passkey=login] .problem:not([hidden])')
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
    for (const response of ['', '{}', '[]', 'null', JSON.stringify({ id: 'x' })]) {
      t.equal((await forum.passerBy().post('/login/passkey', { response })).status, 422)
    }
  })

  await t.test('of somebody who is shut out tells them why, and lets them appeal', async (t) => {
    const shutOut = { username: 'Alma', kind: 'ban', by: null, reason: 'Insultes répétées', days: null } as const
    await imposeSanction(forum, shutOut)
    await window.context().clearCookies()
    await window.goto('/login')
    await window.click('form[data-passkey=login] button')
    await window.waitForSelector('main .reason')
    t.match(await window.textContent('main .reason'), /Insultes répétées/)
    await window.click('main a[href="/appeal"]')
    t.ok(await window.$('main form textarea'))
    await unban(forum, 'Alma')
    await window.goto('/login?next=/settings/security')
    await window.click('form[data-passkey=login] button')
    await window.waitForURL(`${origin}/settings/security`)
  })

  await t.test('is taken off without a script', async (t) => {
    await window.goto('/settings/security')
    await window.click('form[action$="/remove"] button')
    await window.waitForURL(/saved=1/)
    t.same(await forum.database.select().from(passkeys), [])
  })

  t.same(window.strayRequests, [])
})

t.test('where there can be no passkeys none are offered', async (t) => {
  const forum = await startForum(t)
  const alma = await forum.member('Alma')
  t.notOk((await forum.passerBy().get('/login')).document.querySelector('[data-passkey]'))
  t.notOk((await alma.get('/settings/security')).document.querySelector('[data-passkey]'))
  t.equal((await forum.passerBy().post('/login/passkey/options')).status, 404)
})
