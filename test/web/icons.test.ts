import t from 'tap'
import { openWindow, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'

t.test('a phone that puts the forum on its home screen', async (t) => {
  const forum = await startForum(t)
  const phone = forum.passerBy()
  const admin = await forum.member('Ada', 'admin')
  await admin.post('/admin/settings', { name: 'Vu d’en bas' })

  t.test('is told its name and its icons, which are there', async (t) => {
    const answer = await phone.get('/manifest.webmanifest')
    t.match(answer.headers.get('content-type'), /^application\/manifest\+json/)
    const manifest = JSON.parse(answer.body)
    t.equal(manifest.name, 'Vu d’en bas')
    for (const path of [
      ...manifest.icons.map(({ src }: { src: string }) => src),
      '/favicon.ico',
      '/apple-touch-icon.png',
    ]) {
      const icon = await phone.get(path)
      t.equal(icon.status, 200, path)
      t.match(icon.headers.get('content-type'), /^image\//)
    }
  })

  t.test('may read the manifest by the page’s own policy', async (t) => {
    const page = await openWindow(t, await startBrowser(), forum.origin, {})
    await page.goto('/')
    const name = await page.evaluate(async () => {
      const link = document.querySelector('link[rel=manifest]')
      const answer = await fetch(link?.getAttribute('href') ?? '')
      return (await answer.json()).name
    })
    t.equal(name, 'Vu d’en bas')
    t.same(page.complaints, [])
  })
})
