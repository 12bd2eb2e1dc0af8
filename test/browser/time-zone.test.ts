import t from 'tap'
import { openWindowOf, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

t.test('the zone of the device is offered first, and times follow the one that is chosen', async (t) => {
  const forum = await startForum(t)
  const member = await forum.member('Lointaine')
  const { thread } = await threadBy(forum, 'Lointaine', {})
  await forum.database.execute(`update posts set created_at = '2026-03-01T22:30:00Z' where thread_id = ${thread.id}`)
  const page = await openWindowOf(t, await startBrowser(), member, { timezoneId: 'Indian/Reunion' })
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
