import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'

t.test('the settings', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const form = (url: string, fields = {}) => zoe.post('/settings/webhooks', { url, events: 'reply', ...fields })

  t.test('refuse addresses that nothing is sent to, and keep what was typed', async (t) => {
    for (const url of [
      ...[
        'http://127.0.0.1:9000/',
        'http://localhost:9000',
        'http://[::1]/',
        'http://10.0.0.1',
        'http://169.254.169.254/',
      ],
      ...[
        'http://0x7f000001/',
        'http://[::ffff:10.0.0.1]/',
        'ftp://exemple.org',
        'https://u:p@exemple.org',
        'pas une adresse',
      ],
      ...[
        'https://abc.onion/',
        'https://abc.onion./',
        'http://localhost.:8080/',
        'https://routeur.local/',
        'https://exemple.org:25/',
        'http://machine/',
      ],
    ]) {
      const page = await form(url, { city: 'nice' })
      t.equal(page.status, 422, url)
      t.match(page.text('#url-problem'), 'Rien ne peut être envoyé')
      t.same(page.fields('form.sheet'), { url: [url], events: ['reply'], city: ['nice'], technology: [''] })
    }
    t.equal(
      (await form('https://exemple.org', { events: [] })).text('#events-problem'),
      'Choisir au moins une sorte d’événement.',
    )
    t.equal((await form('https://exemple.org', { city: 'atlantide' })).status, 422)
    t.equal((await form('https://exemple.org', { city: 'big-data' })).status, 422)
  })

  t.test('show a secret once, and take five webhooks however many are sent at once', async (t) => {
    const pages = await Promise.all(Array.from({ length: 8 }, (_, index) => form(`https://exemple.org/${index}`)))
    t.same(pages.map(({ status }) => status).sort(), [200, 200, 200, 200, 200, 422, 422, 422])
    const secret = pages.find(({ status }) => status === 200)?.text('[data-secret]') ?? ''
    t.match(secret, /^whsec_[\w+/=]{44}$/)
    const list = await zoe.get('/settings/webhooks')
    t.notOk(list.body.includes(secret))
    t.equal(list.texts('.webhooks li').length, 5)
    const { rows } = await forum.database.execute(sql`select secret from webhooks`)
    t.notMatch(JSON.stringify(rows), secret)
    const first = list.document.querySelector('.webhooks a')?.getAttribute('href') ?? ''
    await zoe.submit(await zoe.get(first), `form[action="${first}/remove"]`, {})
    t.equal((await zoe.get('/settings/webhooks')).texts('.webhooks li').length, 4)
    t.equal((await zoe.get(first)).status, 404)
  })

  t.test('are each member’s own', async (t) => {
    const karim = await forum.member('Karim')
    const own = (await zoe.get('/settings/webhooks')).document.querySelector('.webhooks a')?.getAttribute('href') ?? ''
    t.equal((await karim.get(own)).status, 404)
    t.equal((await karim.post(`${own}/on`)).status, 404)
    t.equal((await karim.post(`${own}/deliveries/1/again`)).status, 404)
    await karim.post(`${own}/remove`)
    t.equal((await zoe.get(own)).status, 200)
    t.equal((await forum.passerBy().get('/settings/webhooks')).status, 303)
  })
})
