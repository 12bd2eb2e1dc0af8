import t from 'tap'
import { openWindow, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

t.test('the map of the home page', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  await threadBy(forum, 'Zoé', { boards: ['nice', 'drones'] })
  const browser = await startBrowser()

  t.test('is one stop of the Tab key, and arrows go from cell to cell', async (t) => {
    const page = await openWindow(t, browser, forum.origin, { locale: 'fr-FR' })
    await page.goto('/')
    t.equal(await page.locator('.map a[tabindex="0"]').count(), 1)
    await page.locator('.map a[tabindex="0"]').focus()
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href'))
    const first = await focused()
    await page.keyboard.press('ArrowRight')
    const second = await focused()
    t.not(second, first)
    await page.keyboard.press('ArrowDown')
    t.match(await focused(), /^\/cities\/[^/]+\/[^/]+$/, 'below a technology is its crossing with a city')
    await page.keyboard.press('ArrowUp')
    t.equal(await focused(), second)
    await page.keyboard.press('ArrowLeft')
    t.equal(await focused(), first)
    t.equal(await page.locator('.map a[tabindex="0"]').count(), 1)
  })

  t.test('shows the liveliest cities, and all when asked, without script', async (t) => {
    const page = await openWindow(t, browser, forum.origin, { javaScriptEnabled: false, locale: 'fr-FR' })
    await page.goto('/')
    t.equal(await page.locator('.map tbody tr:visible').count(), 12)
    await page.getByRole('link', { name: /Toutes les villes/ }).click()
    t.equal(await page.locator('.map tbody tr:visible').count(), 21)
  })
})
