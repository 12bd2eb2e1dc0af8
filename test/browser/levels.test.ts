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
  const page = await openWindowOf(t, await startBrowser(), forum.origin, 'Zoé')
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
  t.match(await page.textContent('.subscription .follow'), 'Muet')
})
