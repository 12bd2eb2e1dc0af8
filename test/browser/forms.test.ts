import t from 'tap'
import { addressKey } from '../../src/forum/members/email-key.ts'
import { endOtherSessions } from '../../src/forum/members/end-sessions.ts'
import { emailAddresses } from '../../src/schema/email-addresses.ts'
import { openWindow, openWindowOf, type Reader, startBrowser } from '../support/browser.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { idOf, threadBy } from '../support/threads.ts'

const browser = await startBrowser()

const logIn = async (page: Reader, username: string) => {
  await page.fill('[name=username]', username)
  await page.fill('[name=password]', PASSWORD)
  await page.click('form[action="/login"] button.main')
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without'
  for (const [locale, follow, said] of [
    ['fr-FR', 'Suivre', 'Marseille est suivi.'],
    ['en-GB', 'Follow', 'You follow Marseille.'],
  ] as const) {
    t.test(`a button that needs a login is done after it: ${how} script, ${locale}`, async (t) => {
      const forum = await startForum(t)
      await forum.member('Zoé')
      await forum.database.execute(`update members set language = '${locale.slice(0, 2)}'`)
      const page = await openWindow(t, browser, forum.origin, { javaScriptEnabled, locale })
      await page.goto('/cities/marseille')
      await page.click(`button:has-text("${follow}")`)
      await logIn(page, 'Zoé')
      await page.locator('.told', { hasText: said }).waitFor()
      t.equal(page.url(), `${forum.origin}/cities/marseille`)
      t.equal(await page.locator('.problem').count(), 0)

      const other = await openWindow(t, browser, forum.origin, { javaScriptEnabled, locale })
      await other.goto('/cities/marseille')
      await other.click(`button:has-text("${follow}")`)
      await other.click('form[action="/register/begin"] button')
      await other.fill('[name=username]', 'Nadia')
      await other.fill('[name=password]', PASSWORD)
      await other.click('main button.main')
      await other.locator('.told', { hasText: said }).waitFor()
      t.match(await other.textContent('.told'), 'Nadia')
      t.equal(other.url(), `${forum.origin}/cities/marseille`)
    })
  }

  t.test(`what a member asks for when the session has ended is done: ${how} script`, async (t) => {
    const forum = await startForum(t)
    await forum.member('Zoé')
    const address = 'zoe@exemple.fr'
    const zoe = { memberId: await idOf(forum, 'Zoé'), address, addressKey: addressKey(address) }
    await forum.database.insert(emailAddresses).values(zoe)
    const { thread } = await threadBy(forum, 'Zoé', { replies: 1 })
    const page = await openWindow(t, browser, forum.origin, { javaScriptEnabled })
    const path = `/threads/${thread.id}/${thread.slug}`
    const ended = async (address: string, button: string, unfolds?: string) => {
      await page.goto(`/login?next=${encodeURIComponent(address)}`)
      if (page.url().includes('/login')) await logIn(page, 'Zoé')
      await page.waitForURL(forum.origin + address)
      await endOtherSessions(forum, await idOf(forum, 'Zoé'), 'none of them')
      if (unfolds) await page.click(unfolds)
      await page.click(button)
      await page.locator('.notice', { hasText: 'La session a pris fin' }).waitFor()
      await logIn(page, 'Zoé')
    }
    await ended(path, '#post-2 form[action$="/delete"] button', '#post-2 .more summary')
    await page.locator('.told', { hasText: 'Le message 2 est supprimé.' }).waitFor()
    t.equal(page.url(), `${forum.origin}${path}#post-2`)
    await ended(path, '#post-2 form[action$="/restore"] button')
    await page.locator('.told', { hasText: 'Le message 2 est rétabli.' }).waitFor()
    await ended('/settings/email', 'form:has([name=rhythm]) button')
    await page.locator('.notice', { hasText: 'C’est enregistré' }).waitFor()
    await ended('/subscriptions', 'form[action="/subscriptions"] button')
    await page.locator('.notice', { hasText: 'C’est enregistré' }).waitFor()
    await page.goto('/settings')
    if (page.url().includes('login')) await logIn(page, 'Zoé')
    await page.goto('/settings')
    await endOtherSessions(forum, await idOf(forum, 'Zoé'), 'none of them')
    await page.fill('[name=biography]', 'Née à Nice')
    await page.click('main form.sheet button.main')
    await logIn(page, 'Zoé')
    await page.locator('.told', { hasText: 'pas encore envoyé' }).waitFor()
    t.equal(await page.inputValue('[name=biography]'), 'Née à Nice')
    await page.click('main button.main')
    await page.waitForURL(/settings\?saved/)
    t.equal(await page.inputValue('[name=biography]'), 'Née à Nice')
    t.same(page.strayRequests, [])
  })

  for (const width of [360, 1280]) {
    t.test(`a mistake in a form is seen: ${how} script, ${width} px`, async (t) => {
      const forum = await startForum(t)
      await forum.member('Zoé')
      const page = await openWindow(t, browser, forum.origin, { javaScriptEnabled, viewport: { width, height: 740 } })
      await page.goto('/login?next=/threads/new')
      await logIn(page, 'Zoé')
      await page.waitForURL(/threads\/new/)
      await page.fill('[name=title]', 'Caméra')
      await page.fill('[name=body]', 'Place Castellane')
      await page.click('text=Publier le sujet')
      const problem = page.locator('.problem', { hasText: 'Cocher au moins une case' })
      await problem.waitFor()
      await page.waitForFunction(() => document.activeElement?.id === 'field-boards')
      t.ok(await isInSight(page, '#boards-problem'))
      t.match(await page.getAttribute('#field-boards', 'aria-describedby'), 'boards-problem')
      t.equal(await page.inputValue('[name=body]'), 'Place Castellane')
    })
  }
}

/** Whether all of it is on screen. */
const isInSight = async (page: Reader, selector: string) => {
  const box = await page.locator(selector).boundingBox()
  const height = page.viewportSize()?.height ?? 0
  return box !== null && box.y >= 0 && box.y + box.height <= height
}

t.test('every board that can be chosen is on the page, and every chosen one is seen', async (t) => {
  const forum = await startForum(t)
  const page = await openWindowOf(t, browser, await forum.member('Zoé'))
  await page.setViewportSize({ width: 360, height: 740 })
  const shown = () =>
    page.$$eval('[name=boards]', (boxes) =>
      boxes
        .filter((box) => box.checkVisibility({ contentVisibilityAuto: true }))
        .map((box) => (box as HTMLInputElement).value),
    )

  await page.goto('/threads/new')
  t.same(await shown(), [], 'two lines, until somebody opens them')
  await page.fill('.find-board', 'dro')
  t.same(await shown(), ['drones'])
  await page.press('.find-board', 'Enter')
  const chosen = () => page.$$eval('.chosen button', (words) => words.map((word) => word.textContent))
  t.same(await chosen(), ['Drones'])
  await page.click('.chosen button')
  t.same(await chosen(), [])
  t.equal(await page.locator('[name=boards]:checked').count(), 0)
  await page.click('.board-choices summary >> nth=0')
  const scrolls = await page.$$eval('.choose-boards, .choose-boards *', (all) =>
    all.filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowY)).map((one) => one.className),
  )
  t.same(scrolls, [], 'nothing scrolls within the page')

  await page.goto('/threads/new?board=drones')
  t.ok(await isInSight(page, '.chosen button'))
  t.same(await chosen(), ['Drones'])
  t.ok(await isInSight(page, '.board-choices summary >> nth=0'))

  await page.click('.board-choices summary >> nth=0')
  await page.check('[value=nice]')
  await page.fill('[name=body]', 'Place Masséna')
  await page.waitForFunction(() => Object.values(localStorage).some((draft) => draft.includes('Masséna')))
  await page.goto('/threads/new?board=drones')
  t.equal(await page.inputValue('[name=body]'), 'Place Masséna')
  t.same((await chosen()).sort(), ['Drones', 'Nice'], 'a board of a draft that is picked up is seen')
})

t.test('an error of no field stands beside the button, in sight', async (t) => {
  const forum = await startForum(t)
  const page = await openWindowOf(t, browser, await forum.member('Zoé'))
  await page.goto('/threads/new?board=nice')
  await page.fill('[name=title]', 'Caméra')
  await page.fill('[name=body]', 'Place Masséna')
  for (const status of [403, 413, 429, 500, 503]) {
    await page.route('**/threads', (route) =>
      route.fulfill({ status, contentType: 'application/problem+json', body: '{"detail":"Pas cette fois"}' }),
    )
    await page.evaluate(() => scrollTo(0, 0))
    await page.click('text=Publier le sujet')
    await page.locator('#form-problem', { hasText: 'Pas cette fois' }).waitFor()
    t.ok(await isInSight(page, '#form-problem'))
    t.equal(await page.evaluate(() => document.activeElement?.id), 'form-problem')
    t.equal(await page.inputValue('[name=body]'), 'Place Masséna')
    await page.unroute('**/threads')
  }
  await page.click('text=Publier le sujet')
  await page.waitForURL(/camera/)
})

t.test('an edit that meets another’s change can be saved, with both versions seen', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  await threadBy(forum, 'Zoé')
  const page = await openWindowOf(t, browser, zoe)
  await page.goto('/posts/1/edit')
  await zoe.post('/posts/1/edit', { title: 'Relevé de caméras', body: 'D’ailleurs', version: '0' })
  await page.fill('[name=body]', 'D’ici')
  await page.click('main button.main')
  await page.locator('.difference').waitFor()
  t.equal(await page.inputValue('[name=body]'), 'D’ici')
  await page.click('main button.main')
  await page.locator('#post-1 .prose', { hasText: 'D’ici' }).waitFor()
  t.same(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft '))), [])
})

t.test('a wrong password: the password is what has to be typed again', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const page = await openWindow(t, browser, forum.origin)
  await page.goto('/login')
  await page.fill('[name=username]', 'Zoé')
  await page.fill('[name=password]', 'pas le bon mot')
  await page.click('main button.main')
  await page.locator('.problem').waitFor()
  t.equal(await page.evaluate(() => document.activeElement?.id), 'field-password')
  t.equal(await page.inputValue('[name=username]'), 'Zoé')
  t.notMatch(await page.textContent('main'), 'Rien n’est perdu')
})
