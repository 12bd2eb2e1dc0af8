import t from 'tap'
import { openWindow, startBrowser } from '../support/browser.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'
import { until } from '../support/until.ts'

t.test('somebody on a train', async (t) => {
  const forum = await startForum(t)
  for (const name of ['Zoé', 'Anselme']) await forum.member(name)
  const { thread } = await threadBy(forum, 'Anselme', { title: 'Mâts du quai', body: 'Trois mâts neufs.' })
  const path = `/threads/${thread.id}/${thread.slug}`
  const page = await openWindow(t, await startBrowser(), forum.origin, { serviceWorkers: 'allow' })
  const context = page.context()
  await page.goto('/login')
  await page.fill('[name=username]', 'Zoé')
  await page.fill('[name=password]', PASSWORD)
  await page.click('button.main')
  await page.waitForURL(`${forum.origin}/`)
  const isInControl = () => page.evaluate(() => navigator.serviceWorker.controller !== null)
  await until(isInControl)
  const keptPaths = () =>
    page.evaluate(async () => (await (await caches.open('pages')).keys()).map(({ url }) => new URL(url).pathname))

  await t.test('reads again what was read, marked as a copy, and not what was not', async (t) => {
    await page.goto(path)
    t.notOk(await page.isVisible('.copy'))
    await page.goto('/settings')
    await until(async () => (await keptPaths()).includes(path))
    t.notOk((await keptPaths()).includes('/settings'))
    await context.setOffline(true)
    await page.goto(path)
    t.match(await page.textContent('#post-1'), 'Trois mâts neufs.')
    t.match(await page.textContent('.copy'), /^Hors ligne\. Copie gardée sur cet appareil\s: ./)
    await page.goto('/cities/nice')
    t.equal(await page.textContent('h1'), 'Lire hors ligne')
    t.ok(await page.locator('text=la page demandée n’est pas gardée').isVisible())
    t.equal(await page.textContent('[data-kept] li'), 'Mâts du quai', 'without the name of the forum each time')
    await page.click('[data-kept] >> text=Mâts du quai')
    t.ok(await page.isVisible('.copy'))
  })

  await t.test('a copy is as closed to attacks as the page, and what a post links to is not fetched', async (t) => {
    await context.setOffline(false)
    const { thread: hostile } = await threadBy(forum, 'Anselme', { body: '[ici](/assets/none.js) [là](/assets/..)' })
    const address = `/threads/${hostile.id}/${hostile.slug}`
    const policy = (await page.goto(address))?.headers()['content-security-policy']
    await until(async () => (await keptPaths()).includes(address))
    const files = () =>
      page.evaluate(async () => (await (await caches.open('files')).keys()).map(({ url }) => new URL(url).pathname))
    await until(async () => (await files()).length > 2)
    t.notOk((await files()).some((path) => !path.startsWith('/assets/')))
    await context.setOffline(true)
    const copy = await page.goto(address)
    t.match(policy, "default-src 'none'")
    t.equal(copy?.headers()['content-security-policy'], policy)
    t.equal(copy?.headers()['referrer-policy'], 'same-origin')
    await page.goto(path)
  })

  await t.test('writes a reply that waits until it is sent', async (t) => {
    await page.fill('form.compose textarea', 'Un quatrième depuis hier.')
    await page.click('form.compose button.main')
    t.match(await page.textContent('form.compose .problem'), 'Rien n’est parti')
    await page.reload()
    t.equal(await page.inputValue('form.compose textarea'), 'Un quatrième depuis hier.')
    await context.setOffline(false)
    await page.click('form.compose button.main')
    await page.waitForSelector('#post-2')
    // The copy was made before that reply, and has the form that was sent.
    await context.setOffline(true)
    await page.goto(path)
    await page.fill('form.compose textarea', 'Et un cinquième.')
    await context.setOffline(false)
    await page.click('form.compose button.main')
    await page.waitForSelector('#post-3')
    const texts = await page.locator('.post .prose').allTextContents()
    t.strictSame(
      texts.map((text) => text.trim()),
      ['Trois mâts neufs.', 'Un quatrième depuis hier.', 'Et un cinquième.'],
    )
  })

  await t.test('keeps nothing of what was removed, nor of who has logged out', async (t) => {
    const admin = await forum.member('Hannah', 'admin')
    const { thread: other } = await threadBy(forum, 'Anselme', { title: 'Une adresse privée' })
    const removed = `/threads/${other.id}/${other.slug}`
    await page.goto(removed)
    await until(async () => (await keptPaths()).includes(removed))
    const another = `${removed}?lang=fr`
    await page.goto(another)
    await until(async () => (await keptPaths()).filter((kept) => kept === removed).length === 2)
    await admin.post(`/threads/${other.id}/remove`)
    t.equal((await page.goto(removed))?.status(), 404)
    await until(async () => !(await keptPaths()).includes(removed))
    await page.goto('/cities/nice')
    await page.goto('/offline')
    await page.click('[data-forget]')
    await page.waitForSelector('[data-if-none]')
    await page.goto('/cities/nice')
    await until(async () => (await keptPaths()).includes('/cities/nice'))
    await page.click('form[action="/logout"] button')
    await page.waitForURL(`${forum.origin}/**`)
    await until(async () => !(await keptPaths()).includes('/cities/nice'))
    t.same(page.strayRequests, [])
  })
})
