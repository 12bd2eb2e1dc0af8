import t, { type Test } from 'tap'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { endOtherSessions } from '../../../src/forum/members/end-sessions.ts'
import { proofOfLast, withDevice } from '../../../src/forum/members/known-device.ts'
import { packForm, unpackForm, type WaitingForm } from '../../../src/platform/http/forms/kept-form.ts'
import { PASSWORD, startForum, type TestForum } from '../../support/forum.ts'
import type { Person, Visit } from '../../support/person.ts'
import { idOf, threadBy } from '../../support/threads.ts'

/** What is typed into each field of a form that has one. */
const TYPED: Record<string, string> = {
  title: 'Une caméra de plus',
  body: 'Écrit longtemps, « avec » <soin>\n\n& patience',
  biography: 'Née à Nice',
}
/** Forms that come before an account, or end it. */
const NOT_BEHIND_LOGIN = /^\/(login|register|logout|reset)\b/
/** What others of the forms are about is gone afterwards. */
const TAKES_AWAY = /\/(delete|remove)$/

interface SentForm {
  page: string
  action: string
  fields: Record<string, string[]>
}

/** Every form of a page, once for each of its buttons, filled in. */
function formsOf(visit: Visit, page: string): SentForm[] {
  return [...visit.document.querySelectorAll('form[method=post]')].flatMap((form, index) => {
    const action = form.getAttribute('action') ?? ''
    if (NOT_BEHIND_LOGIN.test(action) || form.matches('.choices')) return []
    form.setAttribute('data-form', String(index))
    const fields = visit.fields(`[data-form="${index}"]`)
    for (const field of form.querySelectorAll('[name]')) {
      const name = field.getAttribute('name') ?? ''
      if (TYPED[name] && !field.matches('[type=hidden]')) fields[name] = [TYPED[name]]
    }
    if (form.querySelector('[name=boards]')) fields.boards = ['marseille', 'drones']
    return [...form.querySelectorAll('button:not([type=button])')].map((button) => {
      const name = button.getAttribute('name')
      return { page, action, fields: { ...fields, ...(name ? { [name]: [button.getAttribute('value') ?? ''] } : {}) } }
    })
  })
}

/** A forum in which every form of a member and a moderator is on some page. */
async function fullForum(t: Test): Promise<{ forum: TestForum; pages: string[] }> {
  const forum = await startForum(t)
  await forum.member('Zoé', 'admin')
  await forum.member('Karim')
  const { thread } = await threadBy(forum, 'Zoé', { replies: 1 })
  const karim = { id: await idOf(forum, 'Karim'), role: 'member' as const, language: 'fr' as const }
  await replyToThread(forum, { thread: thread.id, author: karim, body: 'Merci @Zoé', replyTo: 1 })
  const zoe = await forum.member('Zoé2')
  await zoe.post('/boards/nice/subscription', { level: 'following' })
  return {
    forum,
    pages: [
      ...['/', '/cities/marseille', '/cities/marseille/drones', `/threads/${thread.id}/${thread.slug}`],
      ...[
        `/threads/${thread.id}/${thread.slug}?quote=2`,
        `/threads/${thread.id}/move`,
        '/threads/new',
        '/posts/1/edit',
      ],
      ...['/notifications', '/subscriptions', '/settings', '/settings/security', '/settings/email'],
    ],
  }
}

/** Through the login, from the page that stands in between. */
const logIn = (person: Person, asked: Visit) =>
  person.submit(asked, 'form[action="/login"]', { username: 'Zoé', password: PASSWORD })

for (const language of ['fr', 'en']) {
  for (const ended of [true, false]) {
    t.test(`every form, ${ended ? 'when a session has ended' : 'signed out'}, in ${language}`, async (t) => {
      const { forum, pages } = await fullForum(t)
      const zoe = forum.passerBy()
      zoe.language = language
      await zoe.post('/login', { username: 'Zoé', password: PASSWORD })
      await zoe.post('/settings', { language })
      const forms = (await Promise.all(pages.map(async (page) => formsOf(await zoe.get(page), page)))).flat()
      forms.sort((one, other) => Number(TAKES_AWAY.test(one.action)) - Number(TAKES_AWAY.test(other.action)))
      t.ok(forms.length > 30, `${forms.length} forms`)
      for (const { page, action, fields } of forms) {
        const person = forum.passerBy()
        person.language = language
        if (ended) {
          await person.post('/login', { username: 'Zoé', password: PASSWORD })
          await endOtherSessions(forum, await idOf(forum, 'Zoé'), 'none of them')
        }
        const about = `${action} ${JSON.stringify(fields)} of ${page}`
        const asked = await person.post(action, fields, { referer: forum.origin + page })
        t.equal(asked.status, 401, about)
        const says = asked.text('.notice')
        const typed = Object.keys(TYPED).some((name) => fields[name]?.[0])
        t.match(says, language === 'fr' ? /compte|session/ : /account|session/)
        t.equal(/session/.test(says), ended, `${about}: ${says}`)
        const after = await logIn(person, asked)
        const needsPassword = 'current_password' in fields || 'password' in fields
        if (typed) {
          t.equal(after.status, 200, about)
          t.match(after.text('.account'), 'Zoé', 'the head knows who has logged in')
          const shown = after.fields('form:has(button.main)')
          for (const [name, value] of Object.entries(TYPED)) if (fields[name]) t.same(shown[name], [value], about)
          if (fields.boards) t.same(shown.boards, fields.boards)
          const sent = await person.submit(after, 'form:has(button.main)', {})
          t.ok([303, 409].includes(sent.status), `${about}: sent, ${sent.status}`)
        } else if (needsPassword) {
          t.equal(after.status, 422, `${about}: what is kept has no password`)
        } else {
          t.ok(after.status === 303 || after.status === 422, `${about}: done, ${after.status}`)
          if (after.location) t.equal((await person.follow(after.location)).status, 200, about)
        }
      }
    })
  }
}

t.test('following, and signing up for it: it is done, and said', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  for (const [language, said] of [
    ['fr', 'Marseille est suivi.'],
    ['en', 'Marseille is followed.'],
  ] as const) {
    const nadia = forum.passerBy()
    nadia.language = language
    const board = await nadia.get('/cities/marseille')
    const asked = await nadia.post('/boards/marseille/subscription', {
      ...board.fields('form[action$="/subscription"]'),
      level: 'following',
    })
    t.equal(asked.status, 401)
    const forms = [...asked.document.querySelectorAll('main form')].map((form) => form.getAttribute('action'))
    t.same(forms, ['/register/begin', '/login'], 'signing up is offered first')
    const begun = await nadia.submit(asked, 'form[action="/register/begin"]', {})
    t.equal(begun.status, 200)
    const mistaken = await nadia.submit(begun, 'form.sheet', { username: `Nadia_${language}`, password: 'court' })
    t.equal(mistaken.status, 422)
    const done = await nadia.submit(mistaken, 'form.sheet', { username: `Nadia_${language}`, password: PASSWORD })
    t.equal(done.status, 303)
    t.equal(done.location, '/cities/marseille')
    const there = await nadia.get('/cities/marseille')
    t.match(there.text('.told'), said)
    t.match(there.text('.told'), `Nadia_${language}`, 'and welcomed')
    t.ok(there.document.querySelector('.follow.following'))
    t.equal((await nadia.get('/cities/marseille')).text('.told'), '', 'said once')
  }
})

t.test('what was written when the session ended is not dropped by signing up instead', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const nadia = forum.passerBy()
  const body = 'Trois caméras\nrue de Rome'
  const asked = await nadia.post(`/threads/${thread.id}/replies`, { body, reply_to: '1', request_id: 'un' })
  const begun = await nadia.submit(asked, 'form[action="/register/begin"]', {})
  t.match(begun.text('.notice'), 'ce qui a été écrit attend')
  const back = await nadia.post('/login/begin', begun.fields('form.sheet'))
  t.match(back.text('.notice'), 'ce qui a été écrit attend', 'and there is a way back to the login')
  const shown = await nadia.submit(begun, 'form.sheet', { username: 'Nadia', password: PASSWORD })
  t.equal(shown.status, 200)
  t.match(shown.text('h1'), 'Relevé de caméras')
  t.match(shown.text('.told'), 'pas encore envoyé')
  t.same(shown.fields('form.compose').body, [body])
  const sent = await nadia.submit(shown, 'form.compose', {})
  t.equal(sent.status, 303)
  t.match((await nadia.follow(sent.location ?? '')).text('#post-2 .prose'), 'rue de Rome')
})

t.test('nobody puts a deed into the hands of who logs in', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread, number } = await threadBy(forum, 'Zoé')
  const isThere = async () =>
    (await zoe.get(`/threads/${thread.id}/posts/${number}`)).status === 302 &&
    (await zoe.follow(`/threads/${thread.id}`)).texts('.post .prose').length === 1
  const attacker = forum.passerBy()
  const asked = await attacker.post('/posts/1/delete')
  const packed = asked.fields('form[action="/login"]').kept_form ?? []
  const victim = forum.passerBy()
  const login = { username: 'Zoé', password: PASSWORD }

  const fromElsewhere = await victim.post('/login', { ...login, kept_form: packed }, { 'sec-fetch-site': 'cross-site' })
  t.equal(fromElsewhere.status, 403)
  const here = await victim.post('/login', { ...login, kept_form: packed })
  t.equal(here.status, 200, 'even from here, it is only shown')
  t.ok(await isThere())
  const forged = forum.passerBy()
  await forged.post('/posts/1/restore')
  const bare = await forged.post('/login', { ...login, kept_form: '{"action":"/posts/1/delete","fields":[]}' })
  t.equal(bare.status, 200)
  t.ok(await isThere())
})

t.test(
  'a form with many fields keeps them all; with more than any of ours has, it is refused and not cut',
  async (t) => {
    const forum = await startForum(t)
    await forum.member('Zoé')
    const stranger = forum.passerBy()
    const boards = (count: number) => Array.from({ length: count }, (_, index) => `espace-${index}`)
    const many = await stranger.post('/threads', { title: 'Un sujet', boards: boards(100), body: 'Son texte' })
    const back = await logIn(stranger, many)
    t.same(back.fields('form.compose').body, ['Son texte'])
    const tooMany = await forum
      .passerBy()
      .post('/threads', { title: 'Un sujet', boards: boards(2_000), body: 'Son texte' })
    t.equal(tooMany.status, 413)
    t.match(tooMany.text('main'), 'le navigateur a gardé le texte')
  },
)

t.test('a login that fails for another reason gives back what waits behind it', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const zoe = forum.passerBy()
  const asked = await zoe.post(`/threads/${thread.id}/replies`, { body: 'Écrit longtemps' })
  let last = asked
  for (let tries = 0; tries < 11; tries += 1) {
    last = await zoe.submit(asked, 'form[action="/login"]', { username: 'Zoé', password: 'pas le bon mot' })
  }
  t.equal(last.status, 429)
  t.same(last.fields('form.compose').body, ['Écrit longtemps'])
})

t.test('on a computer that many use', async (t) => {
  const forum = await startForum(t)
  for (const name of ['Zoé', 'Karim']) await forum.member(name)
  const login = (username: string) => ({ username, password: PASSWORD })
  const follow = { level: 'following' }
  const followed = async (name: string) => {
    const person = forum.passerBy()
    await person.post('/login', login(name))
    return (await person.get('/cities/marseille')).document.querySelector('.follow.following') !== null
  }

  /** A member presses a button after their session has ended. */
  async function pressedLate(name: string): Promise<{ computer: Person; asked: Visit }> {
    const computer = forum.passerBy()
    await computer.post('/login', login(name))
    await endOtherSessions(forum, await idOf(forum, name), 'none of them')
    return { computer, asked: await computer.post('/boards/marseille/subscription', follow) }
  }

  t.test('what one member was doing is not done by the next, nor by who signs up there', async (t) => {
    const { computer, asked } = await pressedLate('Zoé')
    const next = await computer.submit(asked, 'form[action="/login"]', login('Karim'))
    t.equal(next.status, 200, 'it is shown')
    t.match(next.text('.lead'), 'Rien n’a été fait')
    t.match(next.text('.account'), 'Karim')
    t.equal(await followed('Karim'), false)
    t.equal((await computer.submit(next, 'form.sheet', {})).status, 303, 'and done by who wants it')
    t.equal(await followed('Karim'), true)

    const again = await pressedLate('Zoé')
    const begun = await again.computer.submit(again.asked, 'form[action="/register/begin"]', {})
    t.equal((await again.computer.submit(begun, 'form.sheet', login('Nadia'))).status, 200)
    t.equal(await followed('Nadia'), false)
  })

  t.test('what a member was doing is done by themself, also when they logged in elsewhere meanwhile', async (t) => {
    const { computer, asked } = await pressedLate('Zoé')
    const otherTab = await computer.post('/login', login('Zoé'))
    t.equal(otherTab.status, 303)
    t.equal((await computer.submit(asked, 'form[action="/login"]', login('Zoé'))).status, 303)
    t.equal(await followed('Zoé'), true)
  })

  t.test('a login page that is gone back to does it no second time', async (t) => {
    const { computer, asked } = await pressedLate('Zoé')
    const twice = await Promise.all([
      computer.submit(asked, 'form[action="/login"]', login('Zoé')),
      computer.submit(asked, 'form[action="/login"]', login('Zoé')),
    ])
    t.same(twice.map(({ status }) => status).sort(), [200, 303], 'nor two at once')
    await computer.post('/boards/marseille/subscription', { level: 'none' })
    t.equal((await computer.submit(asked, 'form[action="/login"]', login('Zoé'))).status, 200)
    t.equal(await followed('Zoé'), false)
  })

  t.test('a button that somebody pressed long ago waits for another click', async (t) => {
    const MINUTE = 60_000
    const pressed = async (name: string, minutesAgo: number, change: Partial<WaitingForm> = {}) => {
      const computer = forum.passerBy()
      const asked = await computer.post('/boards/marseille/subscription', follow)
      const form = unpackForm(asked.fields('form[action="/login"]').kept_form?.[0])
      if (!form) throw new Error('No form waits')
      const earlier = { ...form, packedAt: form.packedAt - minutesAgo * MINUTE, ...change }
      const kept_form = packForm(earlier, forum.secret, computer.cookie('form_key') ?? '')
      return computer.post('/login', { ...login(name), kept_form })
    }
    t.equal((await pressed('Karim', 29)).status, 303)
    t.equal((await pressed('Karim', 31)).status, 200)
    const owner = proofOfLast(forum.secret, withDevice(forum.secret, '', await idOf(forum, 'Zoé')))
    t.equal((await pressed('Zoé', 23 * 60, { ended: true, owner })).status, 303, 'for themself, a day')
    t.equal((await pressed('Zoé', 25 * 60, { ended: true, owner })).status, 200)
    t.equal((await pressed('Karim', 1, { ended: true, owner: '' })).status, 200, 'nobody is known to have been there')
  })
})
