import t from 'tap'
import { changeRole } from '../../../src/forum/members/administer-member.ts'
import { startForum } from '../../support/forum.ts'
import { follow, openLiveWindow } from '../../support/live-window.ts'
import { ban, unban } from '../../support/sanctions.ts'
import { threadBy } from '../../support/threads.ts'

t.test('who may follow', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const mira = await forum.member('Mira', 'moderator')
  const { thread } = await threadBy(forum, 'Zoé')
  const status = async (opening: Partial<Parameters<typeof follow>[2]>) =>
    openLiveWindow(t, forum.origin, { thread: thread.id, after: 1, ...opening })

  t.test('not a page of another site', async (t) => {
    t.equal(await status({ person: zoe, headers: { origin: 'https://evil.example' } }), 403)
    t.equal(await status({ person: zoe, headers: { 'sec-fetch-site': 'cross-site' } }), 403)
  })

  t.test('nobody where there is nothing', async (t) => {
    t.equal(await status({ thread: 999 }), 404)
    t.equal(await status({ after: -1 }), 400)
    const plain = await fetch(`${forum.origin}/live?thread=${thread.id}&after=1`)
    t.equal(plain.status, 404)
  })

  t.test('moderators alone, once a thread is removed; the windows of others are closed', async (t) => {
    const { thread: removed } = await threadBy(forum, 'Zoé')
    const window = await follow(t, forum.origin, { thread: removed.id, after: 1, person: zoe })
    await mira.post(`/threads/${removed.id}/remove`)
    await window.until(() => window.closed !== null)
    t.equal(window.closed, 4404)
    t.equal(await status({ thread: removed.id, person: zoe }), 404)
    t.type(await status({ thread: removed.id, person: mira }), 'object')
  })

  t.test('a banned member’s windows are closed, and their session has ended', async (t) => {
    const rude = await forum.member('Malotru')
    const window = await follow(t, forum.origin, { thread: thread.id, after: 1, person: rude })
    await ban(forum, 'Malotru')
    await window.until(() => window.closed !== null)
    t.equal((await rude.get('/')).text('.account bdi'), '')
    const refused = await rude.post('/login', { username: 'Malotru', password: 'quatre mots sans rapport' })
    t.equal(refused.status, 403)
    t.match(refused.text('h1'), /fermé par la modération/)
    await unban(forum, 'Malotru')
    t.equal((await rude.post('/login', { username: 'Malotru', password: 'quatre mots sans rapport' })).status, 303)
  })

  t.test('no session with twenty windows open already', async (t) => {
    const eager = await forum.member('Avide')
    for (let count = 0; count < 20; count += 1) {
      await follow(t, forum.origin, { thread: thread.id, after: 1, person: eager })
    }
    t.equal(await status({ person: eager }), 503)
    t.type(await status({}), 'object', 'others are not concerned')
  })

  t.test('a member’s window is closed when their role changes, to come back as what they are now', async (t) => {
    const ines = await forum.member('Inès', 'moderator')
    const { thread: removed } = await threadBy(forum, 'Zoé')
    await mira.post(`/threads/${removed.id}/remove`)
    const window = await follow(t, forum.origin, { thread: removed.id, after: 1, person: ines })
    const staying = await follow(t, forum.origin, { thread: removed.id, after: 1, person: mira })
    await changeRole(forum, 'Inès', 'member')
    await window.until(() => window.closed !== null)
    t.equal(window.closed, 1012)
    t.equal(await status({ thread: removed.id, person: ines }), 404)
    t.equal(staying.closed, null)
  })
})

t.test('strangers of one address do not shut out members, nor other addresses', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const open = (address: string, person = forum.passerBy()) =>
    openLiveWindow(t, forum.origin, { thread: thread.id, after: 1, person, headers: { 'x-forwarded-for': address } })
  const entered = await Promise.all(Array.from({ length: 210 }, (_, index) => open(`2001:db8::${index}`)))
  t.equal(entered.filter((one) => one === 503).length, 10)
  t.type(await open('2001:db8:0:1::'), 'object')
  t.type(await open('192.0.2.1'), 'object')
  t.type(await open('2001:db8::1', zoe), 'object')
})
