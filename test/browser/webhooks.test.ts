import t from 'tap'
import { sendDue } from '../../src/forum/webhooks/send-due.ts'
import { barriers } from '../support/barriers.ts'
import { openWindowOf, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { startReceiver } from '../support/receiver.ts'
import { threadBy } from '../support/threads.ts'

t.test('webhooks in the settings', async (t) => {
  const forum = await startForum(t, { WEBHOOK_NETWORKS: 'loopback' })
  const receiver = await startReceiver(t)
  await forum.member('Karim')
  const browser = await startBrowser()

  for (const [name, language, javaScriptEnabled, width, colorScheme] of [
    ['Zoé', 'fr', true, 320, 'dark'],
    ['Ada', 'en', false, 1280, 'light'],
  ] as const) {
    await t.test(`${language}, ${javaScriptEnabled ? 'with' : 'without'} a script`, async (t) => {
      const person = await forum.member(name)
      await person.post('/settings', { language })
      const viewport = { width, height: 740 }
      const page = await openWindowOf(t, browser, person, { viewport, colorScheme, javaScriptEnabled })
      const checked = async () => {
        if (javaScriptEnabled) t.same(await barriers(page), [])
        t.ok(
          (await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0,
          'no scrolling sideways',
        )
      }
      await page.goto('/settings')
      await page.click('a[href="/settings/webhooks"]')
      await checked()

      await page.fill('[name=url]', 'http://192.168.1.1/box')
      await page.click('main form button.main')
      t.match(await page.textContent('#url-problem'), language === 'fr' ? /Rien ne peut/ : /Nothing can be sent/)
      t.equal(await page.inputValue('[name=url]'), 'http://192.168.1.1/box')
      await checked()

      const address = `${receiver.origin}/un/chemin/assez/long/pour/un/telephone/${name.length}/0123456789abcdef0123456789`
      await page.fill('[name=url]', address)
      await page.check('[value=edit]')
      await page.selectOption('[name=city]', 'nice')
      await page.click('main form button.main')
      t.match(await page.textContent('[data-secret]'), /^whsec_/)
      await checked()

      receiver.answer = (_request, response) => response.writeHead(302, { location: '/' }).end()
      const title = `Pour ${name}`
      await threadBy(forum, 'Karim', { title, boards: ['nice'] })
      await sendDue(forum)
      await page.click('.webhooks a')
      t.match(await page.textContent('.deliveries'), new RegExp(title))
      t.match(await page.textContent('.deliveries'), language === 'fr' ? /en attente/ : /waiting/)
      await checked()
      await page.click('form[action$="/remove"] button')
      t.equal(await page.locator('.webhooks li').count(), 0)
      await checked()
      t.same(page.strayRequests, [])
    })
  }
})
