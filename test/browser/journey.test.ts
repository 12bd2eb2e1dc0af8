import t from 'tap'
import { openWindow, startBrowser } from '../support/browser.ts'
import { PASSWORD, startForum } from '../support/forum.ts'

const browser = await startBrowser()

for (const javaScriptEnabled of [false, true]) {
  t.test(`from a link to a first thread, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const forum = await startForum(t)
    await forum.member('Zoé')
    const page = await openWindow(t, browser, forum.origin, {
      javaScriptEnabled,
      viewport: { width: 360, height: 740 },
    })
    const says = async (selector: string, text: string) => {
      await page.locator(selector, { hasText: text }).first().waitFor()
      t.pass(text)
    }

    await page.goto('/')
    await page.click('.map tbody th a >> text=Marseille')
    await page.click('main >> text=Nouveau sujet')
    t.equal(await page.textContent('h1'), 'Se connecter', 'writing takes an account')
    await page.click('main >> text=S’inscrire')
    await page.fill('[name=username]', 'Nadia')
    await page.fill('[name=password]', PASSWORD)
    await page.click('text=Créer le compte')

    t.equal(await page.textContent('h1'), 'Nouveau sujet', 'and brings back to where it was needed')
    t.ok(await page.isChecked('[value=marseille]'))
    await page.click('summary:has-text("Technologies")')
    await page.check('[value=videosurveillance]')
    await page.fill('[name=title]', 'Nouvelle caméra place Castellane')
    await page.fill('[name=body]', 'Posée **ce matin**. Qui en sait plus ?')
    await page.click('text=Voir l’aperçu')
    await says('.preview strong', 'ce matin')
    await page.click('text=Publier le sujet')
    await says('h1', 'Nouvelle caméra place Castellane')

    await page.fill('[name=body]', 'Je réponds à moi-même.')
    await page.click('#reply button.main')
    await says('#post-2 .prose', 'Je réponds à moi-même.')

    await page.click('#post-2 .more summary')
    await page.click('#post-2 >> text=Modifier')
    await page.fill('[name=body]', 'Je me réponds.')
    await page.click('text=Enregistrer')
    await says('#post-2 .prose', 'Je me réponds.')
    await page.click('#post-2 >> text=modifié')
    await says('.versions li:last-child', 'Je réponds à moi-même.')

    await page.goBack()
    await page.click('#post-2 .more summary')
    await page.click('#post-2 >> text=Supprimer')
    await says('#post-2', 'Message supprimé')
    await page.click('#post-2 >> text=Rétablir')
    await says('#post-2 .prose', 'Je me réponds.')

    await page.goto('/cities/marseille/videosurveillance')
    t.equal(await page.textContent('.thread h3'), 'Nouvelle caméra place Castellane')
    await page.click('text=Réglages')
    await page.click('main >> text=Se déconnecter')
    t.match(await page.textContent('.account'), 'Se connecter')
    t.same(page.strayRequests, [], 'nothing was asked of anybody else')
    t.same(page.complaints, [], 'the browser found nothing to complain about')
  })
}

t.test('with the keyboard alone', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const page = await openWindow(t, browser, forum.origin)
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
  const tabTo = async (label: string) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab')
      if ((await focused()) === label) return
    }
    t.fail(`${label} cannot be reached`)
  }

  await page.goto('/')
  await page.keyboard.press('Tab')
  t.equal(await focused(), 'Aller au contenu', 'the first stop leads past the navigation')
  await tabTo('Se connecter')
  await page.keyboard.press('Enter')
  await page.waitForURL(/login/)
  await page.waitForSelector('[name=username]:focus')
  await page.keyboard.type('Zoé')
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${forum.origin}/`)
  await tabTo('Nouveau sujet')
  await page.keyboard.press('Enter')
  await page.waitForURL(/threads\/new/)
  await page.focus('[name=title]')
  await page.keyboard.type('Écrit au clavier')
  await page.keyboard.press('Tab')
  await page.keyboard.type('nic')
  await page.keyboard.press('Enter')
  t.equal(await page.textContent('.chosen button'), 'Nice', 'a board is chosen by its name')
  await page.focus('[name=body]')
  await page.keyboard.type('Sans souris.')
  await tabTo('Publier le sujet')
  await page.keyboard.press('Enter')
  await page.waitForURL(/ecrit-au-clavier/)
  t.equal(await page.textContent('h1'), 'Écrit au clavier')
})

t.test('the map marks what is new since this device last showed it', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const page = await openWindow(t, browser, forum.origin)
  const write = (city: string) => zoe.post('/threads', { title: `À ${city}`, body: 'Oui', boards: [city, 'big-data'] })
  const fresh = () => page.locator('.map .fresh').allTextContents()

  await write('marseille')
  await page.goto('/')
  t.same(await fresh(), [], 'on a first visit nothing is newer than anything')
  await page.goto('/cities')
  await write('nice')
  await page.goto('/')
  t.match((await fresh()).join(), /^Nice × Big Data/)
  await page.goto('/cities')
  await page.goto('/')
  t.same(await fresh(), [])
})
