import { once } from 'node:events'
import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { WebSocket } from 'ws'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { startForum, type TestForum } from '../../support/forum.ts'
import { follow, type LiveWindow, openLiveWindow } from '../../support/live-window.ts'
import { ban } from '../../support/sanctions.ts'
import { idOf, threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'
import { waitingForLocks } from '../../support/waiting-for-locks.ts'

t.test('coming in and going', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')

  t.test('all at once, no more than twenty of one session come in', async (t) => {
    const eager = await forum.member('Avide')
    const opening = { thread: thread.id, after: 1, person: eager }
    const all = await Promise.all(Array.from({ length: 60 }, () => openLiveWindow(t, forum.origin, opening)))
    const windows = all.filter((one): one is LiveWindow => typeof one !== 'number')
    t.same(new Set(all.filter((one) => typeof one === 'number')), new Set([503]))
    const author = { id: await idOf(forum, 'Zoé'), role: 'member' as const, language: 'fr' as const }
    await replyToThread(forum, { thread: thread.id, author, body: 'Pour ceux qui sont là' })
    await Promise.all(
      windows.map((window) => window.until(() => window.numbers.length === 1 || window.closed !== null)),
    )
    t.equal(windows.filter(({ closed }) => closed === null).length, 20)
    t.ok(windows.every(({ closed }) => closed === null || closed === 1013))
  })

  t.test('while a statement hangs, the next come in after a moment, and members at once', async (t) => {
    const client = await forum.database.$client.connect()
    await client.query('begin')
    await client.query('lock table threads in access exclusive mode')
    const opening = { thread: thread.id, after: 1 }
    const strangers = [openLiveWindow(t, forum.origin, opening), openLiveWindow(t, forum.origin, opening)]
    await until(async () => (await waitingForLocks(forum)) >= 1)
    const member = openLiveWindow(t, forum.origin, { ...opening, person: await forum.member('Pressée') })
    await until(async () => (await waitingForLocks(forum)) === 3)
    await client.query('rollback')
    client.release()
    for (const window of await Promise.all([...strangers, member])) t.type(window, 'object')
  })

  t.test('who is gone before being let in leaves nothing behind', async (t) => {
    const hasty = await forum.member('Pressé')
    const address = `${forum.origin.replace(/^http/, 'ws')}/live?thread=${thread.id}&after=1`
    for (let round = 0; round < 10; round += 1) {
      const sockets = Array.from(
        { length: 10 },
        () => new WebSocket(address, { headers: { cookie: hasty.cookieHeader, origin: forum.origin } }),
      )
      await Promise.all(
        sockets.map(async (socket) => {
          socket.on('error', () => {})
          socket.on('open', () => socket.terminate())
          await once(socket, 'close')
        }),
      )
    }
    for (let count = 0; count < 20; count += 1) {
      t.type(await enter(t, forum, { thread: thread.id, after: 1, person: hasty }), 'object')
    }
  })
})

/** Asks until there is room: that a window is gone is known at its own end before it is at the forum’s. */
async function enter(t: Test, forum: TestForum, opening: Parameters<typeof follow>[2]): Promise<LiveWindow> {
  const window = await openLiveWindow(t, forum.origin, opening)
  return typeof window === 'number' ? enter(t, forum, opening) : window
}

/** Breaks the connection on which a forum hears; what is done next it does not hear of. */
const deafen = (forum: TestForum) =>
  forum.database.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'contrechamp bus'`)

t.test('what others may no longer see while a process could not hear', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const mira = await forum.member('Mira', 'moderator')
  const rude = await forum.member('Malotru')
  const { thread } = await threadBy(forum, 'Zoé')
  const removed = await threadBy(forum, 'Zoé')
  const staying = await follow(t, forum.origin, { thread: thread.id, after: 1, person: zoe })
  const banned = await follow(t, forum.origin, { thread: thread.id, after: 1, person: rude })
  const gone = await follow(t, forum.origin, { thread: removed.thread.id, after: 1, person: zoe })
  const moderating = await follow(t, forum.origin, { thread: removed.thread.id, after: 1, person: mira })

  // As another process would have done it meanwhile.
  await deafen(forum)
  await forum.database.execute(sql`
    with removed as (update threads set removed_at = now() where id = ${removed.thread.id} returning id),
    left_boards as (delete from thread_boards using removed where thread_id = removed.id)
    delete from crossing_threads using removed where thread_id = removed.id`)
  await forum.database.execute(
    sql`delete from sessions where member_id = (select id from members where username = 'Malotru')`,
  )
  await gone.until(() => gone.closed !== null)
  t.equal(gone.closed, 4404)
  await banned.until(() => banned.closed !== null)
  t.equal(banned.closed, 1012)

  await mira.post(`/threads/${removed.thread.id}/restore`)
  await zoe.post(`/threads/${removed.thread.id}/replies`, { body: 'De retour' })
  await moderating.until(() => moderating.numbers.length === 1)
  t.equal(moderating.closed, null, 'a moderator’s window stayed, and hears what comes')
  await zoe.post(`/threads/${thread.id}/replies`, { body: 'Ici aussi' })
  await staying.until(() => staying.numbers.length === 1)
  t.equal(staying.closed, null)
  await ban(forum, 'Zoé')
  await staying.until(() => staying.closed !== null)
})
