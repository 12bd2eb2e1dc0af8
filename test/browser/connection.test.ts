import { sql } from 'drizzle-orm'
import t from 'tap'
import { replyToThread } from '../../src/forum/discussion/reply-to-thread.ts'
import { openWindow, openWindowOf, type Reader, shownPosts, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { follow } from '../support/live-window.ts'
import { openNetwork } from '../support/network.ts'
import { idOf, threadBy } from '../support/threads.ts'

const connected = (page: Reader) => page.locator('.posts[data-live]').waitFor({ state: 'attached' })
const disconnected = (page: Reader) => page.locator('.posts:not([data-live])').waitFor({ state: 'attached' })

t.test('the connection of an open thread', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const author = { id: await idOf(forum, 'Zoé'), role: 'member' as const, language: 'fr' as const }
  const say = (thread: number, body: string) => replyToThread(forum, { thread, author, body })
  const browser = await startBrowser()
  const port = Number(new URL(forum.origin).port)

  async function openThread(replies = 0) {
    const { thread } = await threadBy(forum, 'Zoé', { replies })
    return { thread: thread.id, path: `/threads/${thread.id}/${thread.slug}` }
  }

  t.test('that has fallen silent is given up, and what was said meanwhile is there', async (t) => {
    const { thread, path } = await openThread()
    const network = await openNetwork(t, port)
    const page = await openWindow(t, browser, network.origin)
    await page.clock.install()
    await page.goto(path)
    await connected(page)
    network.hush()
    await say(thread, 'Sans un bruit')
    await page.clock.fastForward(91_000)
    await page.clock.fastForward(1_000)
    await page.locator('.prose', { hasText: 'Sans un bruit' }).waitFor()
    t.same(await shownPosts(page), [
      ['1', 'Voici le relevé.'],
      ['2', 'Sans un bruit'],
    ])
  })

  t.test('ends five minutes after nobody looks any more, and begins again when somebody does', async (t) => {
    const { thread, path } = await openThread()
    const page = await openWindow(t, browser, forum.origin)
    await page.clock.install()
    await page.goto(path)
    await connected(page)
    const look = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { value, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, hidden)
    await look(true)
    for (let number = 2; number <= 5; number += 1) {
      await page.clock.fastForward(60_000)
      await say(thread, 'Pendant qu’elle est cachée')
      await page.locator(`#post-${number}`).waitFor({ state: 'attached' })
    }
    await page.clock.fastForward(61_000)
    await disconnected(page)
    await say(thread, 'Pendant qu’elle n’écoute pas')
    await look(false)
    await page.locator('.prose', { hasText: 'n’écoute pas' }).waitFor()
    t.equal((await shownPosts(page)).length, 6)
  })

  t.test('that was away for more than two hundred posts asks for the page to be read anew', async (t) => {
    const { thread, path } = await openThread()
    const network = await openNetwork(t, port)
    const page = await openWindow(t, browser, network.origin)
    await page.goto(path)
    await connected(page)
    network.cut()
    await disconnected(page)
    for (let count = 0; count < 201; count += 1) await say(thread, `Réponse ${count}`)
    network.mend()
    const link = page.locator('.arrivals a')
    await link.waitFor()
    t.match(await link.textContent(), /recharger la page$/)
    await say(thread, 'Encore une')
    t.equal((await shownPosts(page)).length, 1, 'nothing is shown after a hole')
    await link.click()
    await page.locator('#post-20').waitFor()
  })

  t.test('that cannot be had is not missed', async (t) => {
    const { thread, path } = await openThread(2)
    const page = await openWindowOf(t, browser, karim)
    // All the windows that a session may have are open elsewhere.
    for (let count = 0; count < 20; count += 1) await follow(t, forum.origin, { thread, after: 3, person: karim })
    await page.goto(path)
    await page.locator('#post-3').scrollIntoViewIfNeeded()
    await say(thread, 'Avant lui')
    await page.fill('[name=body]', 'Sans canal')
    await page.click('#reply button.main')
    await page.locator('.prose', { hasText: 'Sans canal' }).waitFor()
    t.same((await shownPosts(page)).slice(3), [
      ['4', 'Avant lui'],
      ['5', 'Sans canal'],
    ])
    t.equal(await page.locator('[role=alert]').count(), 0, 'nothing alarming is said')
    await page.goto('/')
    const readUpTo = async (): Promise<number> => {
      const { rows } = await forum.database.execute<{ number: number }>(sql`
        select number from reads where thread_id = ${thread} and member_id = ${await idOf(forum, 'Karim')}`)
      return rows[0]?.number ?? readUpTo()
    }
    t.ok((await readUpTo()) >= 3, 'how far he has read is known all the same')
  })

  t.test('others were quicker: an own reply waits for theirs, without a reload', async (t) => {
    const { thread, path } = await openThread()
    const page = await openWindowOf(t, browser, zoe)
    await page.goto(path)
    await connected(page)
    await page.evaluate(() => Object.assign(window, { sameDocument: true }))
    await page.fill('[name=body]', 'La mienne')
    await Promise.all([page.click('#reply button.main'), say(thread, 'La tienne'), say(thread, 'La sienne')])
    await page.locator('#post-4').waitFor()
    const posts = await shownPosts(page)
    t.same(
      posts.map(([number]) => number),
      ['1', '2', '3', '4'],
    )
    t.same(new Set(posts.map(([, text]) => text)).size, 4)
    t.ok(await page.evaluate(() => 'sameDocument' in window))
  })
})
