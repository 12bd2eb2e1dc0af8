import t from 'tap'
import { openWindow, startBrowser } from '../support/browser.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

t.test('the zone of the device is offered first, and times follow the one that is chosen', async (t) => {
  const forum = await startForum(t)
  await forum.member('Lointaine')
  const { thread } = await threadBy(forum, 'Lointaine', {})
  await forum.database.execute(`update posts set created_at = '2026-03-01T22:30:00Z' where thread_id = ${thread.id}`)
  const page = await openWindow(t, await startBrowser(), forum.origin, { timezoneId: 'Indian/Reunion' })
  await page.goto('/login')
  await page.fill('[name=username]', 'Lointaine')
  await page.fill('[name=password]', PASSWORD)
  await page.click('button.main')
  await page.waitForURL(`${forum.origin}/`)
  await page.goto('/settings')
  const select = page.locator('[name=time_zone]')
  t.equal(await select.inputValue(), '', 'nothing is chosen for anybody')
  t.match(await select.locator('option').first().textContent(), /appareil\s:\sIndian\/Reunion/)
  await select.selectOption('Indian/Reunion')
  await page.click('form.sheet button.main')
  await page.locator('[role=status]').waitFor()
  await page.goto(`/threads/${thread.id}`)
  t.match(await page.textContent('.post time'), '02:30')
  t.match(await page.textContent('.colophon'), 'Indian/Reunion')
  await page.goto('/settings')
  t.equal(await page.locator('[name=time_zone]').inputValue(), 'Indian/Reunion')
})
