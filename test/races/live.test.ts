import { once } from 'node:events'
import t from 'tap'
import { WebSocket } from 'ws'
import { replyToThread } from '../../src/forum/discussion/reply-to-thread.ts'
import { atOnce } from '../support/at-once.ts'
import { startForum } from '../support/forum.ts'
import { follow, type LiveWindow, openLiveWindow } from '../support/live-window.ts'
import { ban } from '../support/sanctions.ts'
import { idOf, threadBy } from '../support/threads.ts'

const ROUNDS = 30

t.test('windows that open and close at once', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const author = { id: await idOf(forum, 'Zoé'), role: 'member' as const, language: 'fr' as const }

  t.test('who comes in while the first one leaves hears what comes, and is counted once', async (t) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { thread } = await threadBy(forum, 'Zoé')
      const address = `${forum.origin.replace('http', 'ws')}/live?thread=${thread.id}&after=1`
      const hasty = atOnce(3, async () => {
        const socket = new WebSocket(address, { headers: { origin: forum.origin } })
        socket.on('error', () => {})
        socket.on('open', () => socket.terminate())
        await once(socket, 'close')
      })
      const staying = await follow(t, forum.origin, { thread: thread.id, after: 1 })
      await hasty
      await replyToThread(forum, { thread: thread.id, author, body: 'Pour qui reste' })
      const other = await follow(t, forum.origin, { thread: thread.id, after: 2 })
      await replyToThread(forum, { thread: thread.id, author, body: 'Pour les deux' })
      for (const window of [staying, other]) await window.until(() => window.numbers.at(-1) === 3)
      t.same(staying.numbers, [2, 3])
      const counts = (window: LiveWindow) =>
        window.messages.flatMap(({ type, count }) => (type === 'readers' ? [count] : []))
      if (round === 0) {
        await staying.until(() => counts(staying).at(-1) === 2)
        t.equal(counts(staying).at(-1), 2)
      }
      for (const { socket } of [staying, other]) socket.terminate()
    }
  })

  t.test('a member who is banned on the way in does not stay', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    for (let round = 0; round < 5; round += 1) {
      const name = `Malotru${round}`
      const rude = await forum.member(name)
      const opening = { thread: thread.id, after: 1, person: rude }
      const entering = atOnce(15, () => openLiveWindow(t, forum.origin, opening))
      await ban(forum, name)
      const entered = (await entering).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      const windows = entered.filter((one): one is LiveWindow => typeof one !== 'number')
      const { id } = await replyToThread(forum, { thread: thread.id, author, body: 'Après' })
      t.ok(id)
      for (const window of windows) {
        await window.until(() => window.closed !== null || window.numbers.length > 0)
        // Whoever came in after the ban came without the session.
        if (window.closed === null) window.socket.terminate()
        else t.equal(window.closed, 1012)
      }
    }
  })
})
