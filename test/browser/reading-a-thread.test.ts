import t from 'tap'
import { barriers } from '../support/barriers.ts'
import { openWindow, openWindowOf, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

t.test('a long thread, read with a mouse and with keys', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const { thread } = await threadBy(forum, 'Zoé', {
    body: `Le début. ${'Encore une phrase. '.repeat(40)}La fin.`,
    replies: 24,
  })
  const path = `/threads/${thread.id}/${thread.slug}`
  // What was there before they joined would count as read.
  await forum.database.execute(`update members set created_at = created_at - interval '1 day'`)
  await karim.post(`/threads/${thread.id}/replies`, { body: 'À propos du premier.', reply_to: '1' })
  const quote = Array.from({ length: 30 }, (_, line) => `> Ligne ${line}`).join('\n')
  await karim.post(`/threads/${thread.id}/replies`, {
    body: `${quote}\n\nEn effet.\n\n\`\`\`js\nconst mâts = 112 // relevé\n\`\`\``,
  })
  await karim.post(`/threads/${thread.id}/read`, { number: '22' })
  const browser = await startBrowser()
  const page = await openWindowOf(t, browser, karim)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: forum.origin })
  await page.goto(`${path}?page=2#post-21`)

  await t.test('says who opened it, what is new, and where the reader is', async (t) => {
    t.match(await page.textContent('.opened'), /^Ouvert le \d+ \S+ \d{4} par Zoé$/)
    t.equal(await page.textContent('.since'), 'Nouveau aujourd’hui')
    t.equal(await page.$eval('.since', (line) => line.nextElementSibling?.id), 'post-23')
    await page.locator('.position', { hasText: / sur 27/ }).waitFor()
    await page.click('.position >> text=Fin')
    await page.locator('.position', { hasText: '27 sur 27' }).waitFor()
    t.equal(await page.getAttribute('.position a >> nth=0', 'href'), path)
  })

  await t.test('shows all of the answered post in place', async (t) => {
    t.notMatch(await page.textContent('#post-26 .answered'), 'La fin.')
    await page.click('#post-26 .answered summary')
    await page.locator('#post-26 .answered .prose', { hasText: 'La fin.' }).waitFor()
    t.equal(await page.getAttribute('#post-26 .answered > a', 'href'), `${path}#post-1`)
    t.same(await barriers(page), [])
  })

  await t.test('a long quote is folded, and code is marked', async (t) => {
    const height = () => page.$eval('#post-27 blockquote', (quote) => quote.clientHeight)
    t.ok((await height()) < 250)
    await page.click('#post-27 .unfold')
    t.ok((await height()) > 250)
    t.equal(await page.textContent('#post-27 code .k'), 'const')
    t.equal(await page.textContent('#post-27 code .c'), '// relevé')
  })

  await t.test('copies the link to a post', async (t) => {
    await page.click('#post-24 .more summary')
    await page.click('#post-24 [data-copy]')
    await page.locator('#post-24 [data-copy]', { hasText: 'Lien copié' }).waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    t.equal(copied, `${forum.origin}/threads/${thread.id}/posts/24`)
    await page.keyboard.press('Escape')
    t.notOk(await page.locator('#post-24 [data-copy]').isVisible())
  })

  await t.test('keys lead through it, and never take what is typed', async (t) => {
    const focused = () =>
      page.evaluate(() => document.activeElement?.closest('.post')?.id ?? document.activeElement?.id)
    await page.focus('#post-23 .number')
    await page.keyboard.press('j')
    t.equal(await focused(), 'post-24')
    await page.keyboard.press('k')
    t.equal(await focused(), 'post-23')
    await page.keyboard.press('r')
    t.equal(await focused(), 'field-body')
    await page.keyboard.type('j?')
    t.equal(await page.inputValue('#field-body'), 'j?')
    await page.focus('#post-23 .number')
    await page.keyboard.press('?')
    await page.locator('dialog.keys[open]').waitFor()
    t.same(await barriers(page), [])
    await page.uncheck('dialog [data-keys] input')
    await page.keyboard.press('Escape')
    await page.focus('#post-23 .number')
    await page.keyboard.press('j')
    t.equal(await focused(), 'post-23', 'they are switched off')
  })
  t.same(page.strayRequests, [])
  t.same(page.complaints, [])

  await t.test('and without a script', async (t) => {
    const plain = await openWindow(t, browser, forum.origin, {
      javaScriptEnabled: false,
      viewport: { width: 320, height: 700 },
    })
    await plain.goto(`${path}?page=2`)
    t.equal(await plain.textContent('.position span'), 'Page 2 sur 2')
    await plain.click('#post-26 .answered summary')
    t.ok(await plain.locator('#post-26 .answered > a').isVisible())
    t.notOk(await plain.evaluate(() => document.documentElement.scrollWidth > innerWidth))
    await plain.goto('/keys')
    t.notOk(await plain.locator('main form').isVisible())
  })
})
