import { readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { sendDueDigests } from '../../src/forum/digests/send-due.ts'
import { addressFeedback } from '../../src/forum/members/email-refusals.ts'
import { sendMails } from '../../src/platform/mail/send-mails.ts'
import { barriers } from '../support/barriers.ts'
import { openWindow, startBrowser } from '../support/browser.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { linksIn, openMailbox } from '../support/mailbox.ts'
import { threadBy } from '../support/threads.ts'

/** A mail stands within a page of its reader's mail program, which has these. */
const OF_A_PAGE = /^(landmark-one-main|page-has-heading-one|region):/

t.test('somebody who never comes to the site, and reads it all the same', async (t) => {
  const mailbox = await openMailbox(t)
  const forum = await startForum(t, { SMTP_URL: mailbox.url })
  await forum.member('Bob')
  const browser = await startBrowser()
  const page = await openWindow(t, browser, forum.origin, { javaScriptEnabled: false })
  const mail = async (count: number) => {
    await sendMails(forum, addressFeedback)
    const received = (await mailbox.until(count))[count - 1]
    if (!received) throw new Error('No mail')
    return { links: linksIn(received, forum.origin), html: String(received.html) }
  }

  await page.goto('/register')
  await page.fill('[name=username]', 'Zoé')
  await page.fill('[name=password]', PASSWORD)
  await page.fill('[name=email]', 'zoe@exemple.fr')
  await page.selectOption('[name=city]', 'marseille')
  await page.click('button.main')
  await page.waitForURL(`${forum.origin}/`)
  await page.goto('/cities/marseille')
  t.match(await page.textContent('.follow'), 'Suivi')

  const [confirm = ''] = (await mail(1)).links
  await page.goto(confirm)
  await page.click('main button.main')
  await page.locator('[role=status]', { hasText: 'L’adresse est confirmée.' }).waitFor()

  await threadBy(forum, 'Bob', { title: 'Huit caméras de plus', replies: 3 })
  await forum.database.execute(sql`update digest_settings set next_at = now()`)
  await sendDueDigests(forum, 0)
  const digest = await mail(2)

  const golden = await readFile(`${import.meta.dirname}/../views/mails/digest.golden.html`, 'utf8')
  for (const width of [360, 700]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await t.test(`a digest stands in a window ${width} pixels wide, ${colorScheme}, and loads nothing`, async (t) => {
        const reader = await openWindow(t, browser, forum.origin, { viewport: { width, height: 700 }, colorScheme })
        for (const [html, title] of [
          [digest.html, 'Huit caméras de plus'],
          [golden, 'Caméras du quai du Port'],
        ] as const) {
          await reader.setContent(html)
          t.match(await reader.textContent('body'), title)
          t.ok((await reader.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0)
          const found = (await barriers(reader)).filter((one) => !OF_A_PAGE.test(one))
          t.same(found, [], 'nothing in anybody’s way')
        }
        t.same(reader.strayRequests, [])
      })
    }
  }

  const [first = '', , , settings = '', stop = ''] = digest.links
  await page.goto(first)
  t.match(page.url(), /#post-1$/)
  t.equal(await page.textContent('h1'), 'Huit caméras de plus')
  await page.goto(settings)
  t.ok(await page.locator('[name=rhythm][value=daily]').isChecked())
  await page.goto(stop)
  await page.click('main button.main')
  await page.locator('[role=status]', { hasText: 'La lettre est arrêtée.' }).waitFor()
  await page.goto(settings)
  t.ok(await page.locator('[name=rhythm][value=never]').isChecked())
})
