import t from 'tap'
import { openWindowOf, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

t.test('the levels of a subscription are seen where they are opened, and can be chosen', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', {
    title: 'Une question',
    body: 'Qui sait ?',
    boards: ['nice', 'drones'],
  })
  await zoe.post('/boards/nice/subscription', { level: 'following' })
  const page = await openWindowOf(t, await startBrowser(), zoe)
  const places = ['/cities/nice', '/cities/nice/drones', `/threads/${thread.id}/${thread.slug}`, '/subscriptions']

  for (const width of [320, 500, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    for (const place of places) {
      await page.goto(place)
      await page.click('.subscription summary')
      const hidden = await page.$$eval('.subscription details[open] button b', (names) =>
        names
          .filter((name) => {
            const { left, top, right, bottom } = name.getBoundingClientRect()
            return name !== document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
          })
          .map((name) => name.textContent),
      )
      t.same(hidden, [], `${place}, ${width} pixels wide`)
      t.equal(
        await page.evaluate('document.documentElement.scrollWidth'),
        width,
        `${place}: nothing is beside the page`,
      )
    }
  }

  await page.goto('/subscriptions')
  await page.click('.subscription summary')
  await page.click('.subscription details button[value=muted]')
  t.match(await page.textContent('.subscription .follow'), 'Ignoré')
})

t.test('Escape closes what a keyboard has opened, and the focus is where it was', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { boards: ['nice'] })
  const path = `/threads/${thread.id}/${thread.slug}`
  const page = await openWindowOf(t, await startBrowser(), await forum.member('Mira', 'moderator'))
  await page.goto(path)
  const isOpen = (details: string) => page.$eval(details, (element) => element.hasAttribute('open'))
  const isFocused = (summary: string) => page.$eval(summary, (element) => element === document.activeElement)

  for (const details of ['.subscription details', '.moderate', '.post .remove', '.help']) {
    if (details === '.post .remove') await page.click('.post .more > summary')
    await page.focus(`${details} > summary`)
    await page.keyboard.press('Enter')
    t.equal(await isOpen(details), true, details)
    if (details !== '.help') await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    t.equal(await isOpen(details), false, details)
    t.equal(await isFocused(`${details} > summary`), true, details)
  }

  const menu = '.subscription details'
  await page.click(`${menu} summary`)
  await page.keyboard.press('Escape')
  t.equal(await isOpen(menu), false)
  await page.click(`${menu} summary`)
  await page.click('h1')
  t.equal(await isOpen(menu), false, 'a click elsewhere closes a menu')
  await page.focus(`${menu} summary`)
  await page.keyboard.press('Enter')
  for (let tab = 0; tab < 5; tab += 1) await page.keyboard.press('Tab')
  t.equal(await isOpen(menu), false, 'and so does the focus elsewhere')
  await page.click(`${menu} summary`)
  await page.click(`${menu} button[value=watching]`)
  t.match(await page.textContent('.subscription .follow'), 'Tout est reçu', 'what stands in it can still be chosen')
  await page.fill('#reply textarea', 'Merci @Z')
  await page.waitForSelector('#people:not([hidden])')
  await page.keyboard.press('Escape')
  t.equal(await page.isHidden('#people'), true)
  t.same(page.complaints, [])
})
