import t from 'tap'
import { openWindow, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

t.test('searching', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  await threadBy(forum, 'Zoé', { title: 'Caméras du port', body: 'Le quai est filmé.', replies: 21 })
  await threadBy(forum, 'Zoé', { title: 'Micros de Nice', body: 'La rue est écoutée.', boards: ['nice'] })
  const browser = await startBrowser()

  t.test('from any page, on the smallest screen, without JavaScript', async (t) => {
    const viewport = { width: 320, height: 600 }
    const page = await openWindow(t, browser, forum.origin, { viewport, javaScriptEnabled: false })
    await page.goto('/cities')
    await page.fill('.masthead [type=search]', 'filmée')
    await page.press('.masthead [type=search]', 'Enter')
    await page.waitForURL('**/search?q=*')
    t.same(await page.locator('.hits mark').allTextContents(), ['filmé'])

    await page.click('.search-form summary')
    await page.selectOption('[name=board]', 'nice')
    await page.fill('#field-q', 'rue')
    await page.click('.search-form .main')
    await page.waitForURL('**board=nice*')
    await page.click('.hits h3 a')
    t.equal(await page.textContent('h1'), 'Micros de Nice')
    t.same(page.strayRequests, [])
  })

  t.test('within a long thread, and back to all of them', async (t) => {
    const page = await openWindow(t, browser, forum.origin)
    await page.goto('/threads/1')
    await page.fill('.within [type=search]', 'réponse')
    await page.press('.within [type=search]', 'Enter')
    await page.waitForURL('**thread=1*')
    t.equal(await page.locator('.hits > li').count(), 20)
    await page.click('a[rel=next]')
    await page.waitForURL('**from=*')
    t.equal(await page.locator('.hits > li').count(), 1)
    await page.uncheck('[name=thread]')
    await page.fill('#field-q', 'rue')
    await page.click('.search-form .main')
    await page.waitForURL('**q=rue*')
    t.same(await page.locator('.hits h3').allTextContents(), ['Micros de Nice'])
    t.same(page.complaints, [])
  })
})
