import t from 'tap'
import { beginDigests, digestsOf } from '../../../src/forum/digests/settings.ts'
import { forumSettings } from '../../../src/forum/settings.ts'
import { acts } from '../../../src/schema/moderation.ts'
import { startForum } from '../../support/forum.ts'
import { serve } from '../../support/served.ts'
import { idOf } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

t.test('the settings of the forum', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Ada', 'admin')
  const passerBy = forum.passerBy()

  t.test('are for admins', async (t) => {
    const member = await forum.member('Bob')
    t.equal((await member.get('/admin/settings')).status, 403)
    t.equal((await member.post('/admin/settings', { name: 'À moi' })).status, 403)
    t.equal((await passerBy.get('/admin/settings')).status, 303)
  })

  t.test('change at once what everybody reads, kept pages too', async (t) => {
    t.equal((await passerBy.get('/')).text('.wordmark'), 'Contrechamp')
    const page = await admin.get('/admin/settings')
    const saved = await admin.submit(page, 'form.sheet', {
      name: 'Vu d’en bas',
      tagline_fr: 'La rue regarde',
      welcome_fr: 'Bienvenue à qui passe.',
    })
    t.equal(saved.location, '/admin/settings?saved=1')
    const home = await passerBy.get('/')
    t.equal(home.text('.wordmark'), 'Vu d’en bas')
    t.equal(home.text('h1'), 'La rue regarde')
    t.equal(home.text('.welcome'), 'Bienvenue à qui passe.')
    t.match(home.text('title'), 'Vu d’en bas · La rue regarde')
    const shown = await admin.get('/admin/settings')
    t.equal(shown.fields('form.sheet').name?.[0], 'Vu d’en bas')
  })

  t.test('that are not sent stay as they are', async (t) => {
    await admin.post('/admin/settings', { registration: 'approval' })
    const now = await forumSettings(forum)
    t.equal(now.registration, 'approval')
    t.equal(now.name, 'Vu d’en bas')
    t.same(now.tagline, { fr: 'La rue regarde' })
    await admin.post('/admin/settings', { tagline_fr: '', name: '' })
    t.equal((await passerBy.get('/')).text('.wordmark'), 'Contrechamp')
  })

  t.test('have the texts of pages, which are the forum’s own until somebody writes others', async (t) => {
    const inEnglish = forum.passerBy()
    inEnglish.language = 'en'
    for (const name of ['about', 'rules', 'help', 'contact']) {
      t.ok((await passerBy.get(`/${name}`)).text('.prose h2, .prose li'), name)
      t.match((await inEnglish.get(`/${name}`)).text('.prose'), /\bthe\b/, name)
    }
    const shown = (await admin.get('/admin/settings')).fields('form.sheet')
    t.match(shown.rules_fr?.[0], 'Dire d’où on le sait', 'to begin from')
    await admin.submit(await admin.get('/admin/settings'), 'form.sheet', {
      rules_fr: '# Une règle\n\nÉcouter : **bien**.',
    })
    t.same(Object.keys((await forumSettings(forum)).rules), ['fr'], 'the others are still the forum’s own')
    const rules = await passerBy.get('/rules')
    t.equal(rules.text('.prose h2'), 'Une règle')
    t.equal(rules.text('.prose strong'), 'bien')
    t.match((await inEnglish.get('/rules')).text('.prose'), 'seven')
    await admin.post('/admin/settings', { rules_fr: '' })
    t.match((await passerBy.get('/rules')).text('.prose'), 'Protéger les personnes')
    await admin.post('/admin/settings', { privacy_fr: 'Responsable : l’association.' })
    t.match((await passerBy.get('/privacy')).text('main'), 'l’association')
  })

  t.test('come back as they were sent where one is wrong, and none is changed', async (t) => {
    for (const [field, value] of [
      ['registration', 'peut-être'],
      ['approve_first_posts', 'beaucoup'],
      ['approve_first_posts', '-1'],
      ['name', 'x'.repeat(61)],
      ['fetch_links', 'parfois'],
    ] as const) {
      const refused = await admin.post('/admin/settings', { newcomer_days: '9', [field]: value })
      t.equal(refused.status, 422, field)
      t.ok(refused.text(`#${field}-problem`), field)
      t.equal(refused.fields('form.sheet').newcomer_days?.[0], '9')
    }
    t.equal((await forumSettings(forum)).newcomer_days, 3)
  })

  t.test('stand in the log with what they were, once for each change', async (t) => {
    await forum.database.delete(acts)
    await admin.post('/admin/settings', { approve_first_posts: '2', newcomer_days: '3' })
    await admin.post('/admin/settings', { approve_first_posts: '2' })
    const log = await forum.database.select().from(acts)
    t.match(log, [{ kind: 'settings', before: { approve_first_posts: 0 }, after: { approve_first_posts: 2 } }])
    t.equal(log.length, 1, 'what stays the same is no change')
  })

  t.test('of two admins at once are both kept', async (t) => {
    const other = await forum.member('Olympe', 'admin')
    const answers = await Promise.all([
      admin.post('/admin/settings', { newcomer_links: '7', newcomer_threads: '8' }),
      other.post('/admin/settings', { newcomer_threads: '8', newcomer_links: '7' }),
    ])
    t.same(
      answers.map(({ status }) => status),
      [303, 303],
    )
    t.match(await forumSettings(forum), { newcomer_links: 7, newcomer_threads: 8 })
  })

  t.test('say in which languages the forum is read', async (t) => {
    const english = { headers: { 'accept-language': 'en' } }
    const homeIn = () => fetch(`${forum.origin}/`, english).then((answer) => answer.text())
    t.match(await homeIn(), '<html lang="en"')
    await admin.post('/admin/settings', { languages: 'fr' })
    const home = await homeIn()
    t.match(home, '<html lang="fr"')
    t.notMatch(home, /name="language" value="en"/)
    t.same((await admin.get('/admin/settings')).fields('form.sheet').languages, ['fr'])
    t.equal((await admin.post('/admin/settings', { languages: 'tlh' })).status, 422)
    const none = await admin.submit(await admin.get('/admin/settings'), 'form.sheet', { languages: [], name: 'Autre' })
    t.equal(none.status, 422)
    t.equal(none.text('#languages-problem'), 'Cocher au moins une case.')
    t.match(none.fields('form.sheet'), { name: ['Autre'], languages: undefined }, 'the form as it was sent')
    t.same((await forumSettings(forum)).languages, ['fr'], 'and nothing has changed')
    await admin.post('/admin/settings', { languages: ['en', 'fr'] })
    t.same((await forumSettings(forum)).languages, ['fr', 'en'], 'in the order of the forum')
    t.match(await homeIn(), '<html lang="en"')
  })

  t.test('say how digests begin', async (t) => {
    await admin.post('/admin/settings', { digest_rhythm: 'weekly', digest_hour: '18' })
    await forum.member('Zoé')
    const id = await idOf(forum, 'Zoé')
    await beginDigests(forum.database, id)
    t.match(await digestsOf(forum.database, id), { rhythm: 'weekly', hour: 18 })
    t.equal((await admin.post('/admin/settings', { digest_hour: '24' })).status, 422)
  })

  t.test('give the forum a colour, where text in it can be read', async (t) => {
    const pale = await admin.post('/admin/settings', { signal: '#ff6600' })
    t.equal(pale.status, 422)
    t.match(pale.text('#signal-problem'), 'Trop pâle')
    t.ok(pale.document.querySelector('[name=signal][autofocus]'), 'and the page opens there')
    t.equal((await admin.post('/admin/settings', { signal: 'rouge' })).status, 422)
    t.equal((await admin.post('/admin/settings', { signal: '#00457C' })).status, 303)
    const home = await passerBy.get('/')
    t.ok(home.document.querySelector('link[href="/colours/00457c.css"]'))
    const style = await fetch(`${forum.origin}/colours/00457c.css`)
    t.match(style.headers.get('cache-control'), 'immutable')
    t.match(await style.text(), /:root \{ --signal: #00457c.*prefers-color-scheme: dark.*--signal: #[0-9a-f]{6}/s)
    await admin.post('/admin/settings', { signal: '' })
    t.notOk((await passerBy.get('/')).document.querySelector('link[href^="/colours/"]'))
  })

  t.test('are set back from the log, unless they have changed again since', async (t) => {
    await admin.post('/admin/settings', { newcomer_links: '4', tagline_fr: 'Une faute de frape' })
    const log = await admin.get('/moderation/log?kind=settings')
    const first = log.text('[data-act]')
    t.match(first, /Liens par message\u202f: 7 →puis 4/)
    t.match(first, /Devise \(Français\)\u202f: vide →puis Une faute de frape/)
    const undone = await admin.submit(log, 'form[action="/admin/settings/undo"]', {})
    t.equal(undone.location, '/moderation/log')
    t.match(await forumSettings(forum), { newcomer_links: 7, tagline: {} })
    const again = await admin.submit(log, 'form[action="/admin/settings/undo"]', {})
    t.equal(again.status, 409)
    t.equal((await admin.post('/admin/settings/undo', { act: '999999' })).status, 404)
    const moderator = await forum.member('Camille', 'moderator')
    t.equal((await moderator.get('/moderation/log')).text('main').includes('Défaire ce changement'), false)
  })

  t.test('reach the other processes', async (t) => {
    const other = await serve(t, { DATABASE_URL: forum.config.databaseUrl ?? '', WORKER: 'off' })
    const reader = forum.passerBy()
    const name = async () =>
      (await fetch(`${other.origin}/`).then((answer) => answer.text())).includes('Ailleurs aussi')
    t.equal(await name(), false)
    await admin.post('/admin/settings', { name: 'Ailleurs aussi' })
    await until(name)
    t.equal((await reader.get('/')).text('.wordmark'), 'Ailleurs aussi')
  })
})
