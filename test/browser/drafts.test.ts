import t from 'tap'
import { openWindowOf, type Reader, startBrowser } from '../support/browser.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

const browser = await startBrowser()

const drafts = (page: Reader) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft ')))

/** Writes, and waits until the device has it. */
async function write(page: Reader, text: string): Promise<void> {
  await page.fill('[name=body]', text)
  await page.waitForFunction(
    (part) => Object.values(localStorage).some((value) => String(value).includes(JSON.stringify(part).slice(1, -1))),
    text,
  )
}

t.test('two windows on one thread', async (t) => {
  const forum = await startForum(t)
  const karim = await forum.member('Karim')
  const { thread } = await threadBy(forum, 'Karim')
  const path = `/threads/${thread.id}/${thread.slug}`
  const one = await openWindowOf(t, browser, karim)
  const anotherWindow = async (): Promise<Reader> =>
    Object.assign(await one.context().newPage(), { strayRequests: [], complaints: [] })

  t.test('keep what each of them has, and what one sends is not taken from the other', async (t) => {
    const other = await anotherWindow()
    await one.goto(path)
    await other.goto(path)
    await write(one, 'Premier texte')
    await write(other, 'Autre texte')
    t.equal((await drafts(one)).length, 2)
    await other.click('#reply button.main')
    await other.locator('.prose', { hasText: 'Autre texte' }).waitFor()
    t.equal(await one.inputValue('[name=body]'), 'Premier texte')
    await one.close()
    await other.goto('/')
    await other.goto(path)
    t.equal(await other.inputValue('[name=body]'), 'Premier texte')
    await other.click('#reply button.main')
    await other.locator('.prose', { hasText: 'Premier texte' }).waitFor()
    // The post may come live before the answer to its form.
    await other.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith('draft ')))
    await other.close()
  })

  t.test('several that were not sent are each offered', async (t) => {
    const page = await openWindowOf(t, browser, karim)
    const open = async () => Object.assign(await page.context().newPage(), { strayRequests: [], complaints: [] })
    const windows = [await open(), await open(), await open()]
    for (const window of windows) await window.goto(path)
    for (const [index, window] of windows.entries()) await write(window, `Brouillon numéro ${index}`)
    for (const window of windows) await window.close()
    await page.goto(path)
    t.equal(await page.inputValue('[name=body]'), 'Brouillon numéro 2', 'the newest is picked up')
    t.same(await page.locator('.draft.other q').allTextContents(), ['Brouillon numéro 1', 'Brouillon numéro 0'])
    await page.locator('.draft.other', { hasText: 'numéro 0' }).locator('button', { hasText: 'reprendre' }).click()
    t.equal(await page.inputValue('[name=body]'), 'Brouillon numéro 0')
    t.same(
      (await page.locator('.draft.other q').allTextContents()).sort(),
      ['Brouillon numéro 1', 'Brouillon numéro 2'],
      'what was there before is offered instead',
    )
    await page.locator('.draft.other', { hasText: 'numéro 1' }).locator('button', { hasText: 'Effacer' }).click()
    await page.click('#reply button.main')
    await page.locator('.prose', { hasText: 'Brouillon numéro 0' }).waitFor()
    t.equal(await page.locator('.prose', { hasText: 'Brouillon' }).count(), 1)
    await page.reload()
    t.equal(await page.inputValue('[name=body]'), 'Brouillon numéro 2')
    await page.click('.draft:not(.other) button')
    t.same(await drafts(page), [])
  })

  t.test('all of them stand on a page, to go on with any or to throw it away', async (t) => {
    const page = await openWindowOf(t, browser, karim)
    await page.goto('/drafts')
    await page.locator('.empty', { hasText: 'Aucun brouillon' }).waitFor()
    await page.evaluate(
      ([at = '']) => {
        for (const value of ['{', 'null', '{"at":1e99,"fields":{}}', '{"at":1,"fields":{"body":"non"}}'])
          for (const place of [at, '/threads']) localStorage.setItem(`draft Karim ${place} ${value.length}`, value)
      },
      [`/threads/${thread.id}/replies`],
    )
    const other = Object.assign(await page.context().newPage(), { strayRequests: [], complaints: [] })
    await other.goto(path)
    await write(other, 'Ce que je voulais répondre')
    await page.locator('[data-drafts] li', { hasText: 'Ce que je voulais répondre' }).waitFor()
    await other.goto('/threads/new')
    await other.fill('[name=title]', 'Un sujet pour demain')
    await write(other, 'Son premier message')
    await page.locator('[data-drafts] li', { hasText: 'Son premier message' }).waitFor()
    t.same(await page.locator('[data-drafts] h2').allTextContents(), ['Un sujet pour demain', 'Relevé de caméras'])
    const reply = page.locator('[data-drafts] li', { hasText: 'Ce que je voulais répondre' })
    t.match(await reply.locator('.about').textContent(), 'Réponse')

    const had = (await drafts(page)).length
    await reply.locator('[data-throw]').click()
    t.equal((await drafts(page)).length, had - 1)
    t.equal(await page.evaluate(() => document.activeElement?.textContent), 'Le reprendre')
    await page.keyboard.press('Enter')
    await reply.locator('a', { hasText: 'Continuer' }).click()
    await page.waitForURL(/#draft-/)
    t.equal(await page.inputValue('[name=body]'), 'Ce que je voulais répondre')
    await page.evaluate(() => localStorage.clear())
    await other.close()
  })

  t.test('a device that is full says that it keeps nothing, until it does', async (t) => {
    const page = await openWindowOf(t, browser, karim)
    await page.goto(path)
    await page.evaluate(() => {
      let size = 1_000_000
      while (size > 0) {
        try {
          localStorage.setItem(`full ${size}`, `${localStorage.getItem(`full ${size}`) ?? ''}${'x'.repeat(size)}`)
        } catch {
          size = Math.floor(size / 2)
        }
      }
    })
    await page.fill('[name=body]', 'Sans place')
    await page.locator('.unkept', { hasText: 'ne garde plus de brouillon' }).waitFor()
    await page.evaluate(() => localStorage.clear())
    await write(page, 'Avec de la place')
    t.equal(await page.locator('.unkept').count(), 0)
    await page.click('#reply button.main')
    await page.locator('.prose', { hasText: 'Avec de la place' }).waitFor()
  })

  t.test('the beginning of another one is not cut within a sign', async (t) => {
    const page = await openWindowOf(t, browser, karim)
    const open = async () => Object.assign(await page.context().newPage(), { strayRequests: [], complaints: [] })
    const windows = [await open(), await open()]
    for (const window of windows) await window.goto(path)
    for (const window of windows) await write(window, `a${'👨‍👩‍👧‍👦'.repeat(20)}`)
    for (const window of windows) await window.close()
    await page.goto(path)
    t.same(await page.locator('.draft.other q').allTextContents(), [`a${'👨‍👩‍👧‍👦'.repeat(5)}…`])
    await page.evaluate(() => localStorage.clear())
  })

  t.test('a window that is opened on what another is writing takes nothing from it', async (t) => {
    const first = await openWindowOf(t, browser, karim)
    await first.goto(path)
    await write(first, 'Commencé ici')
    const second = Object.assign(await first.context().newPage(), { strayRequests: [], complaints: [] })
    await second.goto(path)
    t.equal(await second.inputValue('[name=body]'), 'Commencé ici')
    await write(second, 'Tout autre chose')
    await second.click('#reply button.main')
    await second.locator('.prose', { hasText: 'Tout autre chose' }).waitFor()
    await first.goto('/')
    await first.goto(path)
    t.equal(await first.inputValue('[name=body]'), 'Commencé ici', 'kept when its window was left')
    await first.click('.draft button')
  })

  t.test('a new thread for one city does not take the boards of a draft for another', async (t) => {
    const page = await openWindowOf(t, browser, karim)
    await page.goto('/threads/new?board=nice')
    await page.fill('[name=title]', 'À Nice')
    await write(page, 'Une caméra')
    await page.goto('/threads/new?board=marseille')
    t.equal(await page.inputValue('[name=title]'), '')
    t.same(await page.$$eval('[name=boards]:checked', (boxes) => boxes.map((box) => box.getAttribute('value'))), [
      'marseille',
    ])
    t.match(await page.textContent('.draft.other q'), 'À Nice')
    await page.click('.draft.other button')
    t.equal(await page.inputValue('[name=title]'), 'À Nice')
    t.same(await page.$$eval('[name=boards]:checked', (boxes) => boxes.map((box) => box.getAttribute('value'))), [
      'nice',
    ])
  })
})

t.test('nothing of one member is left on the device for another', async (t) => {
  const forum = await startForum(t)
  const karim = await forum.member('Karim')
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const path = `/threads/${thread.id}/${thread.slug}`
  const page = await openWindowOf(t, browser, karim)
  await page.goto(path)
  await write(page, 'Confidentiel')
  const elsewhere = forum.passerBy()
  await elsewhere.post('/login', { username: 'Karim', password: PASSWORD })
  await elsewhere.post('/settings/security', { action: 'end-other-sessions', password: PASSWORD })
  await page.goto(path)
  t.equal((await drafts(page)).length, 1, 'a session that ended takes nothing')
  await page.goto('/login')
  await page.fill('[name=username]', 'Zoé')
  await page.fill('[name=password]', PASSWORD)
  await page.click('main button.main')
  await page.locator('.account', { hasText: 'Zoé' }).waitFor()
  t.same(await drafts(page), [])

  await page.goto(path)
  await write(page, 'De Zoé')
  const other = await page.context().newPage()
  await other.goto('/')
  await other.click('text=Se déconnecter')
  await other.locator('.account', { hasText: 'Se connecter' }).waitFor()
  await page.fill('[name=body]', 'De Zoé encore')
  await page.goto('/')
  t.same(await drafts(page), [], 'a window that was open keeps nothing after the log-out')
})
