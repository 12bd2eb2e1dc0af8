import t from 'tap'
import { openWindow, startBrowser } from '../support/browser.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { until } from '../support/until.ts'

t.test('a browser is told that there is something new', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const page = await openWindow(t, await startBrowser(), forum.origin, {
    serviceWorkers: 'allow',
  })
  await page.goto('/login?next=/settings/email')
  await page.fill('[name=username]', 'Zoé')
  await page.fill('[name=password]', PASSWORD)
  await page.click('button.main')
  await page.waitForURL(`${forum.origin}/settings/email`)

  await t.test('where it agrees, which is said where it does not', async (t) => {
    // Here it cannot: its maker's service is out of reach.
    await page.click('[data-push] button')
    t.match(await page.textContent('[data-push] .problem'), 'Ce navigateur n’a pas accepté')
  })

  await t.test('which only a script can ask for, so that nobody else is offered it', async (t) => {
    const plain = await openWindow(t, await startBrowser(), forum.origin, {
      javaScriptEnabled: false,
      storageState: await page.context().storageState(),
    })
    await plain.goto('/settings/email')
    t.notOk(await plain.isVisible('[data-push]'))
    t.match(await plain.textContent('#push noscript'), 'il faut JavaScript')
  })

  await t.test('in the forum’s words and without a word of what', async (t) => {
    const session = await page.context().newCDPSession(page)
    const registered = new Promise<string>((resolve) =>
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => {
        if (first) resolve(first.registrationId)
      }),
    )
    await session.send('ServiceWorker.enable')
    await until(() => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state === 'activated'))
    const registrationId = await registered
    const [worker] = page.context().serviceWorkers()
    // A browser without a screen shows none.
    await worker?.evaluate(() => {
      const shown: unknown[] = []
      const showNotification = async (title: string, { body = '' }: { body?: string } = {}) =>
        void shown.push({ title, body })
      Object.assign(Object(globalThis).registration, { showNotification })
      Object.assign(globalThis, { shown })
    })
    await session.send('ServiceWorker.deliverPushMessage', { origin: forum.origin, registrationId, data: '' })
    const shown = async () => await worker?.evaluate(() => Object(globalThis).shown)
    await until(async () => (await shown()).length > 0)
    t.same(await shown(), [{ title: 'Contrechamp', body: 'Une nouvelle notification attend.' }])
    t.same(page.strayRequests, [])
  })
})
