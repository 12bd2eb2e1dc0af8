import { sql } from 'drizzle-orm'
import t from 'tap'
import { unsubscribeToken } from '../../src/forum/members/unsubscribe-token.ts'
import { barriers, OF_COLOURS } from '../support/barriers.ts'
import { openWindow, openWindowOf, type Reader, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { cutWhenLonger, cutWhenSpaced } from '../support/long-words.ts'
import { digestTo, queue, send } from '../support/mail.ts'
import { threadBy } from '../support/threads.ts'

/**
 * The narrowest, which is also a wide one at 400 % (WCAG 1.4.10), and that wide one; each in a language of its own. No page
 * asks for its width in a script: each is loaded once for a language, and must fit both.
 */
interface Screen {
  width: number
  other: number
  colorScheme: 'dark' | 'light'
  language: 'fr' | 'en'
}
const SCREENS: readonly [Screen, Screen] = [
  { width: 320, other: 1280, colorScheme: 'dark', language: 'fr' },
  { width: 1280, other: 320, colorScheme: 'light', language: 'en' },
]

t.test('every page, for everybody', async (t) => {
  const forum = await startForum(t, { NODE_ENV: 'development' })
  const zoe = await forum.member('Zoé', 'admin')
  const long =
    'Une très longue question sur l’interconnexion des fichiers et des caméras dans les communes de la métropole'
  const body = [
    'Un tableau :\n\n| Source | Fournisseur | Volume |\n|:--|:--|--:|\n| Caméras | Ville | 1 600 flux |',
    '```\nune ligne de code très très longue qui ne tient sur aucun téléphone, jamais, même tourné de côté\n```',
    'https://www.example.org/une/adresse/sans/aucune/coupure/possible/qui/continue/encore/et/encore/index.html',
    `${'>'.repeat(60)} au fond des citations\n\n${'- '.repeat(100)}au fond des listes`,
    '- [x] fait\n- [ ] à faire\n\n> Une citation\n\n# Titre\n\nמה נשמע? Note[^1].\n\n[^1]: En bas.',
  ].join('\n\n')
  const { thread, id } = await threadBy(forum, 'Zoé', {
    title: long,
    body,
    boards: ['marseille', 'big-data'],
    replies: 25,
  })
  await zoe.post(`/threads/${thread.id}/replies`, { body: 'Une réponse', reply_to: '1' })
  await zoe.post(`/posts/${id}/edit`, { body: `${body}\n\nModifié.` })
  await zoe.post(`/posts/${id + 1}/delete`)
  const bob = await forum.member('Bob-des-Quartiers-Nord-de-1234')
  const unbroken = { title: 'anticonstitutionnellement'.repeat(6), body: 'long'.repeat(100) }
  const { location } = await bob.post('/threads', { ...unbroken, boards: ['marseille', 'big-data'] })
  const move = (await zoe.follow(location ?? '')).document.querySelector('.post a[href$="/move"]')?.getAttribute('href')
  for (const reply_to of ['1', '2']) await bob.post(`/threads/${thread.id}/replies`, { body: 'Merci @Zoé', reply_to })
  await zoe.post('/boards/nice/subscription', { level: 'watching' })
  await forum.database.execute(
    sql`insert into email_addresses (member_id, address, address_key) values (1, 'zoe@exemple.fr', '')`,
  )
  await queue(forum, digestTo(1))
  await send(forum)
  const read = `/threads/${thread.id}/${thread.slug}`
  const everybody = [
    ...['/', '/cities', '/technologies', '/cities/marseille', '/cities/paris', '/technologies/police-predictive'],
    ...['/cities/marseille/big-data', '/cities/lille/drones', read, `${read}?page=2`, `/posts/${id}/history`],
    ...['/search', '/search?q=interconnexion', `/search?q=r%C3%A9ponse+zeppelin&thread=${thread.id}`],
    ...[
      '/style',
      '/help',
      '/privacy',
      '/members/Zo%C3%A9?show=threads',
      '/login',
      '/register',
      '/reset',
      '/settings',
      '/members/Zo%C3%A9',
      '/nowhere',
    ],
    `/unsubscribe/${unsubscribeToken(forum, { member: 1, kind: 'digest' })}`,
  ]
  const members = [
    ...[`${read}?quote=1`, '/threads/new?board=nice', `/posts/${id}/edit`, '/settings/security', '/cities/marseille'],
    ...[
      '/notifications',
      '/drafts',
      '/subscriptions',
      '/settings/email',
      '/settings',
      '/settings/tokens',
      '/api/docs',
      '/settings/webhooks',
      '/admin/outbox',
      '/admin/outbox/1',
    ],
    move ?? 'no link to move a post',
  ]
  const browser = await startBrowser()

  t.test('on a dark phone and on a light screen', async (t) => {
    const passerBy = await openWindow(t, browser, forum.origin)
    const member = await openWindowOf(t, browser, zoe)
    const looksWell = async (page: Reader, what: string, screen = SCREENS[0]) => {
      const { width, other, colorScheme, language } = screen
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width: other, height: 740 })
      const fitsOther = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
      await page.setViewportSize({ width, height: 740 })
      const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
      t.same(
        [
          await page.getAttribute('html', 'lang'),
          await barriers(page, screen === SCREENS[0] ? null : OF_COLOURS),
          fits,
          fitsOther,
        ],
        [language, [], true, true],
        `${what}, ${width} pixels wide, in ${language}: barriers, and it fits`,
      )
    }
    for (const screen of SCREENS) {
      await zoe.post('/settings', { language: screen.language })
      await passerBy.context().addCookies([{ name: 'language', value: screen.language, url: forum.origin }])
      for (const [page, paths] of [
        [passerBy, everybody],
        [member, [read, ...members]],
      ] as const) {
        for (const path of paths) {
          await page.goto(path)
          await looksWell(page, path, screen)
          if (screen !== SCREENS[0]) continue
          t.same(await cutWhenSpaced(page), [], `${path} has room for spaced words`)
          // A third language may say everything at greater length.
          t.same(await cutWhenLonger(page), [], `${path} has room for longer words`)
        }
        t.same(page.strayRequests, [])
      }
    }
    await passerBy.context().addCookies([{ name: 'language', value: 'fr', url: forum.origin }])
    await passerBy.goto('/register')
    await passerBy.fill('[name=username]', '-')
    await passerBy.fill('[name=password]', 'court')
    await passerBy.click('button.main')
    await passerBy.waitForSelector('[aria-invalid]')
    await looksWell(passerBy, 'a form that came back')
  })

  t.test('a first view of a thread is light, and readable without style or script', async (t) => {
    const page = await openWindow(t, browser, forum.origin)
    const transfers: number[] = []
    const network = await page.context().newCDPSession(page)
    await network.send('Network.enable')
    network.on('Network.loadingFinished', ({ encodedDataLength }) => transfers.push(encodedDataLength))
    await page.goto(read, { waitUntil: 'networkidle' })
    const weight = transfers.reduce((sum, one) => sum + one, 0)
    t.ok(transfers.length <= 6, `${transfers.length} requests`)
    t.ok(weight <= 50_000, `${weight} bytes`)

    const bare = await openWindow(t, browser, forum.origin)
    await bare.route(/\/assets\//, (route) => route.abort())
    await bare.goto(read)
    t.match(await bare.textContent('main'), 'Une citation')
  })
})
