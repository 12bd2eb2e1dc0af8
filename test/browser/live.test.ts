import t from 'tap'
import { openWindow, openWindowOf, type Reader, shownPosts, startBrowser } from '../support/browser.ts'
import { freshDatabase, PASSWORD, startForum } from '../support/forum.ts'
import { freePort } from '../support/free-port.ts'
import { openNetwork } from '../support/network.ts'
import { serve } from '../support/served.ts'
import { threadBy } from '../support/threads.ts'

const browser = await startBrowser()

const reply = async (page: Reader, body: string) => {
  await page.fill('[name=body]', body)
  await page.click('#reply button.main')
  await page.locator('.prose', { hasText: body }).waitFor()
}

t.test('two people side by side', async (t) => {
  const forum = await startForum(t)
  const zoe = await openWindowOf(t, browser, await forum.member('Zoé'))
  const karim = await openWindowOf(t, browser, await forum.member('Karim'))
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Côte à côte' })
  const path = `/threads/${thread.id}/${thread.slug}`
  const passerBy = await openWindow(t, browser, forum.origin)
  for (const page of [zoe, karim, passerBy]) await page.goto(path)

  t.test('a reply appears at its author’s without a reload, once, and at the others’', async (t) => {
    await zoe.evaluate(() => Object.assign(window, { sameDocument: true }))
    await reply(zoe, 'Bonjour de Zoé')
    for (const page of [karim, passerBy]) await page.locator('#post-2 .prose').waitFor()
    t.ok(await zoe.evaluate(() => 'sameDocument' in window), 'the page was not left')
    await reply(karim, 'Bonjour de Karim')
    await zoe.locator('#post-3').waitFor()
    for (const page of [zoe, karim, passerBy]) {
      t.same(await shownPosts(page), [
        ['1', 'Voici le relevé.'],
        ['2', 'Bonjour de Zoé'],
        ['3', 'Bonjour de Karim'],
      ])
    }
    for (const page of [zoe, karim]) t.match(await page.textContent('.head .about'), '2 réponses')
    t.equal(await zoe.inputValue('[name=body]'), '', 'the form is ready for the next')
    t.equal(await zoe.locator('#post-2 >> text=Modifier').count(), 1, 'the author may edit')
    t.equal(await karim.locator('#post-2 >> text=Modifier').count(), 0, 'the other may not')
    t.equal(await karim.locator('#post-2 >> text=Citer').count(), 1, 'but may quote')
    t.equal(await passerBy.locator('.actions').count(), 0)
  })

  t.test('an edit, a deletion and a return are seen in place', async (t) => {
    const second = await openWindow(t, browser, forum.origin, { storageState: await zoe.context().storageState() })
    await second.goto(path)
    await second.click('#post-2 .more summary')
    await second.click('#post-2 >> text=Modifier')
    await second.fill('[name=body]', 'Bonjour, corrigé')
    await second.click('text=Enregistrer')
    await karim.locator('#post-2 .prose', { hasText: 'corrigé' }).waitFor()
    t.equal(await karim.locator('#post-2 .edited').count(), 1)
    await second.click('#post-2 .more summary')
    await second.click('#post-2 >> text=Supprimer')
    await karim.locator('#post-2.deleted').waitFor()
    t.match(await karim.textContent('#post-2'), 'Message supprimé')
    t.notMatch(await karim.content(), 'Bonjour, corrigé')
    await second.click('#post-2 >> text=Rétablir')
    await karim.locator('#post-2 .prose', { hasText: 'corrigé' }).waitFor()
    t.equal(await karim.locator('#post-2 >> text=Répondre').count(), 1, 'and can be answered again')
  })

  t.test('what arrives does not push away who is writing', async (t) => {
    await karim.setViewportSize({ width: 800, height: 500 })
    await karim.fill('[name=body]', 'En train d’écrire')
    await karim.focus('[name=body]')
    const top = () => karim.$eval('[name=body]', (field) => Math.round(field.getBoundingClientRect().top))
    const before = await top()
    await reply(zoe, 'Un message assez long pour prendre de la place. '.repeat(20).trim())
    await karim.locator('#post-4').waitFor()
    t.ok(Math.abs((await top()) - before) <= 1)
    t.match(await karim.textContent('.meanwhile'), '1 message est arrivé pendant la rédaction')
    t.equal(await karim.inputValue('[name=body]'), 'En train d’écrire')
  })

  t.test('a while without a network, and everything is there again', async (t) => {
    const network = await openNetwork(t, Number(new URL(forum.origin).port))
    const traveller = await openWindow(t, browser, network.origin)
    await traveller.goto(path)
    await reply(zoe, 'Avant le tunnel')
    await traveller.locator('.prose', { hasText: 'Avant le tunnel' }).waitFor()
    network.cut()
    for (const body of ['Dans le tunnel', 'Toujours dans le tunnel']) await reply(zoe, body)
    await zoe.click('#post-2 .more summary')
    await zoe.click('#post-2 >> text=Supprimer')
    await zoe.locator('#post-2.deleted').waitFor()
    t.notMatch(await traveller.content(), 'Dans le tunnel')
    network.mend()
    await traveller.locator('.prose', { hasText: 'Toujours dans le tunnel' }).waitFor()
    await traveller.locator('#post-2.deleted').waitFor()
    t.same(await shownPosts(traveller), await shownPosts(zoe))
  })

  t.test('on an earlier page a quiet link says how much is new', async (t) => {
    const { thread: long } = await threadBy(forum, 'Zoé', { title: 'Long', replies: 19 })
    const there = `/threads/${long.id}/${long.slug}`
    await passerBy.goto(there)
    await zoe.goto(there)
    await zoe.fill('[name=body]', 'Sur la page suivante')
    await zoe.click('#reply button.main')
    await zoe.waitForURL(/page=2#post-21$/)
    const link = passerBy.locator('.arrivals a')
    await link.waitFor()
    t.equal(await link.textContent(), '1 nouvelle réponse')
    t.equal((await shownPosts(passerBy)).length, 20, 'what is being read stays as it is')
    await link.click()
    await passerBy.waitForURL(/page=2#post-21$/)
  })

  t.test('who has muted an author sees what they write folded, live too', async (t) => {
    const karims = forum.passerBy()
    await karims.post('/login', { username: 'Karim', password: PASSWORD })
    const zoes = forum.passerBy()
    await zoes.post('/login', { username: 'Zoé', password: PASSWORD })
    await karims.submit(await karims.get('/members/Zo%C3%A9'), 'form.mute', {})
    await karim.goto(path)
    await karim.locator('.posts[data-live]').waitFor({ state: 'attached' })
    await passerBy.goto(path)
    await zoe.goto(path)
    await reply(zoe, 'Encore Zoé')
    await passerBy.locator('.prose', { hasText: 'Encore Zoé' }).waitFor()
    t.equal(await passerBy.locator('details.muted').count(), 0)
    const folded = karim.locator('.post:last-of-type details.muted', { hasText: 'Encore Zoé' })
    await folded.waitFor()
    t.notOk(await folded.locator('.prose').isVisible())
    await folded.locator('summary').click()
    t.ok(await folded.locator('.prose').isVisible())
    const [number] = (await shownPosts(zoe)).at(-1) ?? []
    await zoes.submit(await zoes.get(path), `#post-${number} form[action$="/delete"]`, {})
    await karim.locator('.post:last-of-type.deleted').waitFor()
    t.equal(await karim.locator('.post:last-of-type.deleted details').count(), 0)
  })

  t.test('all know how many are reading', async (t) => {
    await zoe.goto(path)
    await zoe.locator('.readers', { hasText: /personnes lisent/ }).waitFor()
    t.pass('two or more')
  })
  t.same([...zoe.strayRequests, ...karim.strayRequests, ...passerBy.strayRequests], [])
})

t.test('the forum is started again while both read', async (t) => {
  const DATABASE_URL = await freshDatabase()
  const PORT = String(await freePort())
  const first = await serve(t, { DATABASE_URL, PORT, SECRET: 'un secret pour les deux processus' })
  const zoe = first.passerBy()
  await zoe.post('/register', { username: 'Zoé', password: PASSWORD })
  await zoe.post('/threads', { title: 'Redémarrage', body: 'Avant', boards: ['nice'] })
  const windows = [await openWindow(t, browser, first.origin), await openWindow(t, browser, first.origin)]
  for (const page of windows) {
    await page.goto('/threads/1')
    await page.locator('.posts[data-live]').waitFor({ state: 'attached' })
  }
  t.equal(await first.end('SIGTERM'), 0)
  const second = await serve(t, { DATABASE_URL, PORT, SECRET: 'un secret pour les deux processus' })
  await zoe.post('/threads/1/replies', { body: 'Après' })
  t.equal(second.origin, first.origin)
  for (const page of windows) {
    await page.locator('#post-2 .prose', { hasText: 'Après' }).waitFor()
    t.same(await shownPosts(page), [
      ['1', 'Avant'],
      ['2', 'Après'],
    ])
  }
})
