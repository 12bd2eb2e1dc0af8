import { sql } from 'drizzle-orm'
import t from 'tap'
import { deletePost } from '../../src/forum/discussion/delete-post.ts'
import { moveThread } from '../../src/forum/discussion/move-thread.ts'
import { removeThread } from '../../src/forum/discussion/remove-thread.ts'
import { sweepNotifications } from '../../src/forum/notices/sweep.ts'
import { startForum, type TestForum } from '../support/forum.ts'
import { idOf, threadBy } from '../support/threads.ts'
import { until } from '../support/until.ts'
import { waitingForLocks } from '../support/waiting-for-locks.ts'

t.test('a notification never leads to a thread that went at the same moment', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const karim = await forum.member('Karim')
  await forum.member('Mira', 'moderator')
  const [zoeId, karimId, mira] = [await idOf(forum, 'Zoé'), await idOf(forum, 'Karim'), await idOf(forum, 'Mira')]
  const zoe = { id: zoeId, role: 'member' as const }
  await karim.post('/boards/nice/subscription', { level: 'watching' })
  const told = async () => {
    const { rows } = await forum.database.execute<{ kind: string; thread: number }>(sql`
      select kind, thread_id::int as thread from notifications where member_id = ${karimId} order by id`)
    return rows.map(({ kind, thread }) => `${kind} ${thread}`)
  }
  t.beforeEach(() => forum.database.execute(sql`delete from notifications`))

  t.test('the watchers of a removed thread, notified while it is removed', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { boards: ['marseille'], replies: 1 })
    await karim.post(`/threads/${thread.id}/subscription`, { level: 'watching' })
    await forum.database.execute(sql`
      insert into untold_replies (thread_id, first_number, last_number) values (${thread.id}, 2, 2)`)
    const holder = await forum.database.$client.connect()
    await holder.query('begin')
    await holder.query(`insert into notifications (member_id, kind, thread_id, number) values ($1, 'reply', $2, 2)`, [
      karimId,
      thread.id,
    ])
    const swept = sweepNotifications(forum)
    await waiting(forum, 1)
    const removed = removeThread(forum, thread.id, { by: mira, reason: null })
    await Promise.race([removed, waiting(forum, 2)])
    await holder.query('rollback')
    holder.release()
    await Promise.all([swept, removed])
    t.same(await told(), [])
  })

  t.test('the next new thread of a board, removed while the one before it loses its first post', async (t) => {
    const first = await threadBy(forum, 'Zoé', { title: 'Premier sujet', boards: ['nice'], replies: 1 })
    const second = await threadBy(forum, 'Zoé', { title: 'Deuxième sujet', boards: ['nice'] })
    const third = await threadBy(forum, 'Zoé', { title: 'Troisième sujet', boards: ['nice'] })
    t.same(await told(), [`thread ${first.thread.id}`])
    const holder = await forum.database.$client.connect()
    await holder.query('begin')
    await holder.query('select from threads where id = $1 for update', [first.thread.id])
    const deleted = deletePost(forum, first.id, zoe, null)
    await waiting(forum, 1)
    await removeThread(forum, second.thread.id, { by: mira, reason: null })
    await holder.query('commit')
    holder.release()
    await deleted
    t.same(await told(), [`thread ${third.thread.id}`])
    await deletePost(forum, third.id, zoe, null)
    t.same(await told(), [])
  })

  t.test('a new thread that is moved away is no longer told of the board that it left', async (t) => {
    const first = await threadBy(forum, 'Zoé', { title: 'Quatrième sujet', boards: ['nice', 'drones'] })
    const second = await threadBy(forum, 'Zoé', { title: 'Cinquième sujet', boards: ['nice'] })
    await moveThread(forum, first.thread.id, ['nice', 'fichiers'], { by: mira, reason: null })
    t.same(await told(), [`thread ${first.thread.id}`])
    await moveThread(forum, first.thread.id, ['metz', 'drones'], { by: mira, reason: null })
    t.same(await told(), [`thread ${second.thread.id}`])
    await moveThread(forum, second.thread.id, ['metz'], { by: mira, reason: null })
    t.same(await told(), [])
  })
})

/** Until so many wait for a lock. */
const waiting = (forum: TestForum, least: number) => until(async () => (await waitingForLocks(forum)) >= least)
