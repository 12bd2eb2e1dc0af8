import t from 'tap'
import { addressKey } from '../../src/forum/members/email-key.ts'
import { endOtherSessions } from '../../src/forum/members/end-sessions.ts'
import { emailAddresses } from '../../src/schema/email-addresses.ts'
import { openWindow, startBrowser } from '../support/browser.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { idOf, threadBy } from '../support/threads.ts'

/** Not those that end a session, make the page look otherwise or only ask: no login comes in between. */
const BEHIND_LOGIN = 'form[method=post]:not([action^="/log"]):not(.choices)'
/** What others of the forms are about is gone afterwards. */
const TAKES_AWAY = /\/(delete|remove)$/

t.test('with script, every form of a member and moderator whose session has ended', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé', 'admin')
  const address = 'zoe@exemple.fr'
  const memberId = await idOf(forum, 'Zoé')
  await forum.database.insert(emailAddresses).values({ memberId, address, addressKey: addressKey(address) })
  const { thread } = await threadBy(forum, 'Zoé', { replies: 1 })
  await forum.member('Karim')
  const karim = await forum.member('Karima')
  await karim.post(`/threads/${thread.id}/replies`, { body: 'Merci @Zoé', reply_to: '1' })
  const path = `/threads/${thread.id}/${thread.slug}`
  const page = await openWindow(t, await startBrowser(), forum.origin)
  page.setDefaultTimeout(20_000)
  const logIn = async () => {
    await page.fill('form[action="/login"] [name=username]', 'Zoé')
    await page.fill('form[action="/login"] [name=password]', PASSWORD)
    await page.click('form[action="/login"] button.main')
  }
  // First what the others would take away: notifications are read where their post is.
  const pages = ['/notifications', '/subscriptions', '/cities/marseille', path, `/threads/${thread.id}/move`]
  const written = ['/threads/new', '/posts/1/edit', '/settings', '/settings/email']
  const found = await Promise.all(
    [...pages, ...written].map(async (place) => {
      const visit = await zoe.get(place)
      const forms = [...visit.document.querySelectorAll(`main ${BEHIND_LOGIN}`)]
      const actions = forms.map((form) => form.getAttribute('action') ?? '')
      return [...new Set(actions)].map((action) => ({ place, action }))
    }),
  )
  // The visit to the thread has read what came before.
  await karim.post(`/threads/${thread.id}/replies`, { body: 'Et encore merci @Zoé' })
  const forms = found.flat()
  forms.sort((one, other) => Number(TAKES_AWAY.test(one.action)) - Number(TAKES_AWAY.test(other.action)))
  t.ok(forms.length > 12, `${forms.length} forms`)
  await page.goto('/login')
  await logIn()
  for (const { place, action } of forms) {
    const about = `${action} of ${place}`
    await page.goto(place)
    if (new URL(page.url()).pathname === '/login') await logIn()
    await page.waitForURL((url) => url.pathname === place)
    const form = page.locator(`main form[action="${action}"]`).last()
    const text = form.locator('textarea')
    if ((await text.count()) > 0) await text.fill('Écrit longtemps')
    for (const field of await form.locator('[type=text][name=title], [type=email], [type=password]').all()) {
      if ((await field.inputValue()) === '')
        await field.fill((await field.getAttribute('type')) === 'email' ? 'autre@exemple.fr' : 'Un titre assez long')
    }
    if ((await form.locator('[name=boards]').count()) > 0) {
      await form.locator('.board-choices summary').first().click()
      await form.locator('[name=boards]').first().check()
    }
    await endOtherSessions(forum, memberId, 'none of them')
    await form
      .locator('button:not([type=button], [disabled])')
      .first()
      .evaluate((button: HTMLButtonElement) => button.click())
    await page.locator('.notice', { hasText: 'La session a pris fin' }).waitFor()
    await logIn()
    await page.locator('.account bdi').waitFor()
    const shown = page.locator('.told', { hasText: 'pas encore envoyé' })
    if ((await shown.count()) > 0) {
      t.match(await page.inputValue('main textarea'), 'Écrit longtemps', about)
      await page.locator('main form:has(textarea) button.main').click()
      await page.waitForURL((url) => !['/login', action].includes(url.pathname) || url.search !== '')
    }
    t.equal(await page.locator('.problem', { hasText: 'Rien n’est parti' }).count(), 0, about)
    t.notMatch(await page.textContent('h1'), /existe pas/, about)
    t.same(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft '))), [], about)
  }
})
