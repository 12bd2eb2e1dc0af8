import t from 'tap'
import { openWindowOf, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'

t.test('a name is whole in the head of every page, and widens none', async (t) => {
  const forum = await startForum(t)
  const browser = await startBrowser()
  for (const [name, role] of [
    ['loutre_de_laine', 'member'],
    ['W'.repeat(30), 'admin'],
  ] as const) {
    const page = await openWindowOf(t, browser, await forum.member(name, role))
    await page.goto('/settings')
    for (const width of [320, 360, 768, 1280, 1920]) {
      await page.setViewportSize({ width, height: 740 })
      const head = await page.evaluate(() => {
        const shown = document.querySelector('.account bdi')
        const box = shown?.getBoundingClientRect()
        const link = shown?.parentElement?.getBoundingClientRect()
        return {
          isWhole: Boolean(shown && box && link && box.width <= link.width + 1 && shown.scrollWidth <= link.width + 1),
          isCut: shown && getComputedStyle(shown).textOverflow === 'ellipsis',
          overflows: document.documentElement.scrollWidth > innerWidth,
        }
      })
      t.same(head, { isWhole: true, isCut: false, overflows: false }, `${name} at ${width}`)
    }
  }

  const admin = await forum.member('Zoé', 'admin')
  const page = await openWindowOf(t, browser, admin, { viewport: { width: 320, height: 740 } })
  for (const name of ['Forum de la Ligue des riverains vigilants de Saint-Étienne', 'W'.repeat(60)]) {
    await admin.post('/admin/settings', { name })
    await page.goto('/')
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    t.equal(width, 320, `a forum called ${name}`)
  }
})
