import t, { type Test } from 'tap'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { endOtherSessions } from '../../../src/forum/members/end-sessions.ts'
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
      const former = forum.passerBy()
      former.language = language
      if (ended) {
        await former.post('/login', { username: 'Zoé', password: PASSWORD })
        await endOtherSessions(forum, await idOf(forum, 'Zoé'), 'none of them')
      }
      for (const { page, action, fields } of forms) {
        const person = former.copy()
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
