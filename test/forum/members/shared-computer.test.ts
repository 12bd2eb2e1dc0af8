import t from 'tap'
import { endOtherSessions } from '../../../src/forum/members/end-sessions.ts'
import { proofOfLast, withDevice } from '../../../src/forum/members/known-device.ts'
import { packForm, unpackForm, type WaitingForm } from '../../../src/platform/http/forms/kept-form.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import type { Person, Visit } from '../../support/person.ts'
import { idOf } from '../../support/threads.ts'

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
