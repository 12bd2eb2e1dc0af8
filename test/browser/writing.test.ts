import t from 'tap'
import { replyToThread } from '../../src/forum/discussion/reply-to-thread.ts'
import { endOtherSessions } from '../../src/forum/members/end-sessions.ts'
import { openWindow, startBrowser } from '../support/browser.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { idOf, threadBy } from '../support/threads.ts'

t.test('help with writing', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  await forum.member('Karim')
  const body = 'Le marché public des caméras a été attribué hier.\n\nQui peut relire le dossier ?'
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Le marché', body, replies: 1 })
  const path = `/threads/${thread.id}/${thread.slug}`
  const browser = await startBrowser()
  const page = await openWindow(t, browser, forum.origin)
  const logIn = async () => {
    await page.fill('[name=username]', 'Karim')
    await page.fill('[name=password]', PASSWORD)
    await page.click('button.main')
  }
  await page.goto(`/login?next=${encodeURIComponent(path)}`)
  await logIn()
  await page.waitForURL(`${forum.origin}${path}`)
  const drafts = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('draft ')))

  const keptAsDraft = (text: string) =>
    page.waitForFunction(
      (part) =>
        Object.entries(localStorage).some(
          ([key, value]) => key.startsWith('draft Karim /threads/1/replies ') && String(value).includes(part),
        ),
      text,
    )

  t.test('a draft outlives a closed tab, and is gone once the forum has it', async (t) => {
    await page.fill('[name=body]', 'Je commence à écrire')
    await keptAsDraft('commence')
    await page.goto('/')
    await page.goto(path)
    t.equal(await page.inputValue('[name=body]'), 'Je commence à écrire')
    t.match(await page.textContent('.draft'), 'brouillon')
    await page.focus('[name=body]')
    await page.keyboard.press('End')
    await page.keyboard.type(', et je finis.')
    await page.keyboard.press('Control+Enter')
    await page.locator('#post-3 .prose', { hasText: 'et je finis.' }).waitFor()
    await page.locator('.head .follow', { hasText: 'Tout est reçu' }).waitFor()
    t.same(await drafts(), [])
    await page.reload()
    t.equal(await page.inputValue('[name=body]'), '')
  })

  t.test('a draft can be forgotten', async (t) => {
    await page.fill('[name=body]', 'À oublier')
    await keptAsDraft('')
    await page.reload()
    await page.click('.draft button')
    t.equal(await page.inputValue('[name=body]'), '')
    t.same(await drafts(), [])
  })

  t.test('no answer from the forum: nothing is lost, and sending again is enough', async (t) => {
    await page.fill('[name=body]', 'Dans le tunnel')
    await page.context().setOffline(true)
    await page.click('#reply button.main')
    await page.locator('.problem', { hasText: 'Rien n’est parti' }).waitFor()
    t.equal(await page.inputValue('[name=body]'), 'Dans le tunnel')
    await page.context().setOffline(false)
    await page.click('#reply button.main')
    await page.locator('#post-4 .prose', { hasText: 'Dans le tunnel' }).waitFor()
    t.equal(await page.locator('.post').count(), 4, 'and it is there once')
  })

  t.test(
    'a forum that took it and says nothing: the form does not wait for ever, and sending again makes one post',
    async (t) => {
      const { thread: silent } = await threadBy(forum, 'Zoé', { title: 'Le silence' })
      const other = await page.context().newPage()
      t.teardown(() => other.close())
      await other.clock.install()
      await other.goto(`/threads/${silent.id}/${silent.slug}`)
      await other.route('**/replies', async (route) => void (await route.fetch()))
      await other.fill('[name=body]', 'Dans le silence')
      const taken = other.waitForRequest('**/replies')
      await other.click('#reply button.main')
      await taken
      await other.clock.fastForward(301_000)
      await other.locator('.problem', { hasText: 'Rien n’est parti' }).waitFor()
      t.equal(await other.inputValue('[name=body]'), 'Dans le silence')
      await other.unroute('**/replies')
      await other.click('#reply button.main')
      await other.locator('.post .prose', { hasText: 'Dans le silence' }).waitFor()
      await other.reload()
      t.equal(await other.locator('.post .prose', { hasText: 'Dans le silence' }).count(), 1)
    },
  )

  t.test('a session that ended meanwhile: through the login, to the same words', async (t) => {
    await page.fill('[name=body]', 'Écrit longtemps')
    await keptAsDraft('')
    await endOtherSessions(forum, await idOf(forum, 'Karim'), 'none of them')
    await page.click('#reply button.main')
    await page.locator('.notice', { hasText: 'La session a pris fin' }).waitFor()
    await logIn()
    await page.locator('.told', { hasText: 'De retour' }).waitFor()
    // Sent before the scripts have begun, it would be posted too, and its draft stay.
    await page.waitForLoadState()
    t.equal(await page.inputValue('[name=body]'), 'Écrit longtemps')
    await page.click('main button.main')
    await page.waitForURL(/#post-5$/)
    t.match(await page.textContent('#post-5 .prose'), 'Écrit longtemps')
    t.same(await drafts(), [])
    t.equal(await page.inputValue('[name=body]'), '')
  })

  t.test('a mistake is told beside its field, without leaving the page', async (t) => {
    await page.fill('[name=body]', '<!-- rien -->')
    await page.click('#reply button.main')
    await page.locator('.problem', { hasText: 'Rien de ce message' }).waitFor()
    t.equal(await page.getAttribute('[name=body]', 'aria-invalid'), 'true')
    await page.fill('[name=body]', '')
  })

  t.test('a preview without leaving', async (t) => {
    await page.fill('[name=body]', 'Voir **ceci**, et #2')
    const held = Promise.withResolvers<void>()
    await page.route('/preview', async (route) => {
      await held.promise
      await route.continue()
    })
    await page.click('text=Voir l’aperçu')
    await page.locator('button[name=preview][aria-busy=true]', { hasText: 'Aperçu en préparation…' }).waitFor()
    t.equal(await page.textContent('#reply .buttons [role=status]'), 'Aperçu en préparation…')
    held.resolve()
    await page.locator('.preview strong', { hasText: 'ceci' }).waitFor()
    await page.unroute('/preview')
    t.equal(await page.getAttribute('button[name=preview]', 'aria-busy'), 'false')
    t.equal(await page.getAttribute('.preview a', 'href'), '/threads/1/posts/2')
    t.equal(await page.inputValue('[name=body]'), 'Voir **ceci**, et #2')
    t.notOk(await page.isVisible('[name=body]'), 'it stands in the place of the field')
    await page.click('text=Continuer à écrire')
    await page.fill('[name=body]', 'The council has not answered our request for the *contracts*.')
    await page.click('text=Voir l’aperçu')
    await page.locator('.preview em', { hasText: 'contracts' }).waitFor()
    t.equal(await page.getAttribute('.preview .prose', 'lang'), 'en')
    await page.click('text=Continuer à écrire')
    await page.fill('[name=body]', '')
  })

  t.test('the words that are selected are quoted, below what was written', async (t) => {
    await page.fill('[name=body]', 'D’abord ceci.')
    await page.evaluate(() => {
      const text = document.querySelector('#post-1 .prose p')?.firstChild
      if (text) getSelection()?.setBaseAndExtent(text, 3, text, 28)
    })
    await page.click('#post-1 >> text=Citer')
    await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('> '))
    t.equal(await page.inputValue('[name=body]'), 'D’abord ceci.\n\n@Zoé #1\n> marché public des caméras\n\n')
    t.match(await page.textContent('.answering'), 'message 1 de Zoé')
    await page.keyboard.type('Exactement.')
    await page.click('#reply button.main')
    await page.locator('#post-6 .answered', { hasText: 'message 1 de Zoé' }).waitFor()
    t.match(await page.textContent('#post-6 blockquote'), 'marché public des caméras')
    await page.locator('.answering').waitFor({ state: 'detached' })
  })

  t.test('without a selection, the whole post', async (t) => {
    await page.evaluate(() => getSelection()?.removeAllRanges())
    await page.click('#post-1 >> text=Citer')
    await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('relire'))
    t.match(await page.inputValue('[name=body]'), /^@Zoé #1\n> Le marché/)
    await page.fill('[name=body]', '')
  })

  t.test('a name that is begun is completed, by keyboard and by hand', async (t) => {
    await page.focus('[name=body]')
    await page.keyboard.type('Merci @z')
    await page.locator('.people li', { hasText: 'Zoé' }).waitFor()
    await page.keyboard.press('Enter')
    t.equal(await page.inputValue('[name=body]'), 'Merci @Zoé ')
    await page.keyboard.type('et @')
    await page.click('.people li:has-text("Karim")')
    t.equal(await page.inputValue('[name=body]'), 'Merci @Zoé et @Karim ')
    await page.keyboard.type('écris à a@z')
    t.ok(await page.isHidden('.people'), 'an email address is not a name')
    await page.fill('[name=body]', '')
  })

  t.test('the toolbar puts the signs, and can be undone', async (t) => {
    await page.fill('[name=body]', 'important')
    await page.focus('[name=body]')
    await page.keyboard.press('Control+A')
    await page.click('.toolbar [aria-label=Gras]')
    t.equal(await page.inputValue('[name=body]'), '**important**')
    await page.keyboard.press('Control+Z')
    t.equal(await page.inputValue('[name=body]'), 'important')
    await page.fill('[name=body]', '')
  })

  t.test('the forum had it and only its answer was lost: through a crash too, one post', async (t) => {
    await page.fill('[name=body]', 'Reçu sans le savoir')
    await keptAsDraft('savoir')
    await page.context().route('**/replies', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await page.click('#reply button.main')
    await page.locator('.problem', { hasText: 'Rien n’est parti' }).waitFor()
    await page.context().unroute('**/replies')
    await page.reload()
    t.equal(await page.inputValue('[name=body]'), 'Reçu sans le savoir')
    await page.click('#reply button.main')
    await page.waitForFunction(() => document.querySelector('textarea')?.value === '')
    t.equal(await page.locator('.prose', { hasText: 'Reçu sans le savoir' }).count(), 1)
    t.same(await drafts(), [])
  })

  t.test('what is typed while the answer is on its way is the beginning of the next', async () => {
    await page.fill('[name=body]', 'D’abord ceci')
    await page.context().route('**/replies', async (route) => {
      const response = await route.fetch()
      await page.focus('[name=body]')
      await page.keyboard.press('Control+End')
      await page.keyboard.type(' Puis cela')
      await route.fulfill({ response })
    })
    await page.click('#reply button.main')
    await page.locator('.prose', { hasText: 'D’abord ceci' }).last().waitFor()
    await page.waitForFunction(() => document.querySelector('textarea')?.value === 'Puis cela')
    await keptAsDraft('cela')
    await page.context().unroute('**/replies')
    await page.fill('[name=body]', '')
  })

  t.test('a draft knows which post it answers', async (t) => {
    await page.click('#post-2 >> text=Répondre')
    await page.locator('.answering', { hasText: 'message 2' }).waitFor()
    await page.fill('[name=body]', 'Une réponse à ceci')
    await keptAsDraft('ceci')
    await page.goto('/')
    await page.goto(path)
    await page.locator('.answering', { hasText: 'message 2' }).waitFor()
    t.equal(await page.inputValue('[name=body]'), 'Une réponse à ceci')
    await page.click('.draft button')
    await page.uncheck('[name=reply_to]')
  })

  t.test('a look that cannot be had is not a post', async (t) => {
    const before = await page.locator('.post').count()
    await page.fill('[name=body]', 'Seulement pour voir')
    await keptAsDraft('voir')
    await page.route('/preview', (route) => route.fulfill({ status: 503 }))
    await page.click('text=Voir l’aperçu')
    await page.locator('.problem').waitFor()
    await page.unroute('/preview')
    t.equal(await page.inputValue('[name=body]'), 'Seulement pour voir')
    await page.context().setOffline(true)
    await page.click('text=Voir l’aperçu')
    await page.locator('.problem').waitFor()
    await page.context().setOffline(false)
    await endOtherSessions(forum, await idOf(forum, 'Karim'), 'none of them')
    await page.click('text=Voir l’aperçu')
    await page.locator('.notice', { hasText: 'La session a pris fin' }).waitFor()
    await logIn()
    await page.locator('.told', { hasText: 'De retour' }).waitFor()
    t.equal(await page.inputValue('[name=body]'), 'Seulement pour voir')
    await page.goto(path)
    t.equal(await page.locator('.post').count(), before)
    await page.click('.draft button')
  })

  t.test('who has written on another page of the thread is offered too, by any spelling', async (t) => {
    await forum.member('Élodie')
    const { thread: long } = await threadBy(forum, 'Élodie', { replies: 19 })
    await replyToThread(forum, {
      thread: long.id,
      author: { id: await idOf(forum, 'Zoé'), role: 'member', language: 'fr' },
      body: 'La suite',
    })
    await page.goto(`/threads/${long.id}/${long.slug}?page=2`)
    await page.focus('[name=body]')
    await page.keyboard.type('Merci @elo')
    await page.locator('.people [aria-selected=true]', { hasText: 'Élodie' }).waitFor()
    t.match(await page.textContent('.people + [role=status]'), '1 nom')
    const chosen = await page.getAttribute('[name=body]', 'aria-activedescendant')
    t.equal(await page.textContent(`#${chosen}`), 'Élodie')
    await page.keyboard.press('Escape')
    t.ok(await page.isHidden('.people'))
    t.equal(await page.getAttribute('[name=body]', 'aria-activedescendant'), null)
    await page.keyboard.type('d')
    await page.keyboard.press('Tab')
    t.equal(await page.inputValue('[name=body]'), 'Merci @Élodie ')
    await page.fill('[name=body]', '')
    await page.goto(path)
  })

  t.test('logging out leaves no draft behind', async (t) => {
    await page.fill('[name=body]', 'Confidentiel')
    await keptAsDraft('')
    await page.click('text=Se déconnecter')
    await page.waitForURL(`${forum.origin}/`)
    t.same(await drafts(), [])
  })

  t.same(page.strayRequests, [])
})
