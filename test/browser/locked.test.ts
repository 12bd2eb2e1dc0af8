import t from 'tap'
import { barriers } from '../support/barriers.ts'
import { openWindow, openWindowOf, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

const browser = await startBrowser()

t.test('a thread that is locked takes no reply, and gives back what was being written', async (t) => {
  const forum = await startForum(t)
  const zoe = await openWindowOf(t, browser, await forum.member('Zoé'))
  const karim = await openWindowOf(t, browser, await forum.member('Karim'))
  const passerBy = await openWindow(t, browser, forum.origin)
  const { thread: disputed } = await threadBy(forum, 'Zoé', { title: 'Disputé' })
  const there = `/threads/${disputed.id}/${disputed.slug}`
  const mira = await openWindowOf(t, browser, await forum.member('Mira', 'moderator'))
  const writing = [zoe, mira]
  for (const page of [zoe, karim, passerBy, mira]) {
    await page.goto(there)
    await page.locator('.posts[data-live]').waitFor({ state: 'attached' })
  }
  for (const page of writing) await page.fill('[name=body]', 'Pas encore envoyé')
  const moderating = await openWindow(t, browser, forum.origin, { storageState: await mira.context().storageState() })
  await moderating.goto(there)
  const moderate = async (verb: string) => {
    await moderating.click('.moderate summary')
    await moderating.press('.moderate [name=into]', 'Enter')
    t.ok(await moderating.locator('.moderate[open]').isVisible(), 'the Enter key does nothing yet')
    await moderating.click(`form[action$="/${verb}"] button:not([hidden])`)
  }
  await moderate('lock')
  for (const page of [zoe, karim, passerBy, mira]) {
    await page.locator('.notice.locked', { hasText: 'Ce sujet est fermé' }).waitFor()
  }
  for (const page of [zoe, karim, passerBy]) t.notOk(await page.locator('#reply').isVisible())
  t.equal(await zoe.inputValue('.notice.locked textarea'), 'Pas encore envoyé')
  t.equal(await karim.locator('.notice.locked textarea').count(), 0)
  t.notOk(await karim.locator('#post-1 >> text=Citer').isVisible())
  t.equal(await zoe.locator('#post-1 >> text=Modifier').count(), 1, 'an author may still correct')
  t.ok(await mira.locator('#reply').isVisible(), 'moderators may explain')
  t.ok(await mira.locator('#post-1 >> text=Citer').isVisible())
  t.same(await barriers(zoe), [])

  const late = await openWindow(t, browser, forum.origin)
  await late.goto(there)
  await late.locator('.posts[data-live]').waitFor({ state: 'attached' })
  await moderate('unlock')
  await zoe.locator('#reply').waitFor()
  t.equal(await zoe.inputValue('#reply [name=body]'), 'Pas encore envoyé')
  t.equal(await zoe.locator('.notice.locked').count(), 0)
  t.ok(await karim.locator('#post-1 >> text=Citer').isVisible())
  await late.locator('.notice.locked a', { hasText: 'rouvert' }).waitFor()
  await moderating.goto(`/threads/${disputed.id}/move`)
  await moderating.check('[value=metz]')
  await moderating.click('main form button.main')
  await zoe.locator('.arrivals a', { hasText: 'a changé d’espaces' }).waitFor()
})

t.test('a link to a post is there at once', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { replies: 19 })
  const page = await openWindow(t, browser, forum.origin, { reducedMotion: 'no-preference' })
  await page.goto(`/threads/${thread.id}/${thread.slug}#post-12`)
  const place = () => page.$eval('#post-12', (post) => Math.round(post.getBoundingClientRect().top))
  const first = await place()
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  t.equal(await place(), first, 'and does not move any more')
  t.ok(first >= 0 && first < 200, `it stands at ${first}`)
})
