import t from 'tap'
import { barriers } from '../support/barriers.ts'
import { openWindowOf, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

const browser = await startBrowser()

t.test('a moderator decides with one key, never while they write, and undoes it', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const moderator = await forum.member('Mira', 'moderator')
  const karim = await forum.member('Karim')
  const { thread, id } = await threadBy(forum, 'Zoé', { replies: 1 })
  await karim.post(`/posts/${id}/flag`, { reason: 'abuse' })
  const mira = await openWindowOf(t, browser, moderator)
  const isRead = async () => (await karim.follow(`/threads/${thread.id}`)).text('#post-1').includes('Voici le relevé.')
  await mira.goto('/moderation')
  await mira.click('.cases a')
  t.same(await barriers(mira), [])
  t.match(await mira.textContent('button[value=hide]'), /Retirer\s+h/)

  await mira.keyboard.press('c')
  await mira.locator('.about .role', { hasText: 'Mira' }).waitFor()
  await mira.fill('[name=statement]', '')
  await mira.type('[name=statement]', 'hde')
  await mira.keyboard.press('Control+h')
  t.equal(await mira.inputValue('[name=statement]'), 'hde')
  t.ok(await isRead(), 'letters of the reasons decide nothing')

  await mira.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await mira.keyboard.press('h')
  await mira.waitForURL('**/moderation')
  t.notOk(await isRead())
  await mira.click('.told a')
  await mira.locator('[data-key=u]').waitFor()
  await mira.keyboard.press('u')
  await mira.waitForURL((url) => !url.pathname.startsWith('/moderation/cases'))
  t.ok(await isRead())
})
