import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { follow, type LiveWindow } from '../../support/live-window.ts'
import { threadBy } from '../../support/threads.ts'

t.test('what becomes of the thread itself', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const mira = await forum.member('Mira', 'moderator')
  const { thread } = await threadBy(forum, 'Zoé')
  const told = (window: LiveWindow) => window.messages.filter(({ type }) => /locked|moved/.test(type))

  t.test('is told to all who follow it, once', async (t) => {
    const windows = [
      await follow(t, forum.origin, { thread: thread.id, after: 1 }),
      await follow(t, forum.origin, { thread: thread.id, after: 1, person: mira }),
    ]
    const acts = [
      ['locked', () => mira.post(`/threads/${thread.id}/lock`)],
      ['unlocked', () => mira.post(`/threads/${thread.id}/unlock`)],
      ['moved', () => mira.post(`/threads/${thread.id}/move`, { boards: ['metz'] })],
      ['locked', () => mira.post(`/threads/${thread.id}/lock`)],
    ] as const
    for (const [index, [type, act]] of acts.entries()) {
      await act()
      await act()
      for (const window of windows) {
        await window.until(() => told(window).length > index)
        t.same(told(window)[index], { type, thread: thread.id })
      }
    }
    for (const window of windows) t.equal(told(window).length, acts.length)
  })

  t.test('is told to whoever comes back with an older page', async (t) => {
    for (const [locked, types] of [
      [true, []],
      [false, ['locked']],
      [undefined, []],
    ] as const) {
      const window = await follow(t, forum.origin, {
        thread: thread.id,
        after: 0,
        ...(locked === undefined ? {} : { locked }),
      })
      await window.until(() => window.numbers.length === 1)
      t.same(
        told(window).map(({ type }) => type),
        types,
      )
    }
  })
})
