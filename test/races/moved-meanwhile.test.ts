import { sql } from 'drizzle-orm'
import t from 'tap'
import { moveThread } from '../../src/forum/discussion/move-thread.ts'
import { replyToThread } from '../../src/forum/discussion/reply-to-thread.ts'
import { startForum } from '../support/forum.ts'
import { idOf, threadBy } from '../support/threads.ts'
import { until } from '../support/until.ts'
import { waitingForLocks } from '../support/waiting-for-locks.ts'

t.test(
  'a reply that waits for a move puts the thread in its place in the boards where it stands by then',
  async (t) => {
    const forum = await startForum(t)
    await forum.member('Zoé')
    const author = { id: await idOf(forum, 'Zoé'), role: 'member' as const, language: 'fr' as const }
    const { thread } = await threadBy(forum, 'Zoé', { boards: ['marseille'] })
    const other = await threadBy(forum, 'Zoé', { title: 'Un autre', boards: ['nice', 'big-data'] })
    const waiting = () => waitingForLocks(forum)
    await forum.passerBy().get('/cities/nice')

    const holder = await forum.database.$client.connect()
    await holder.query('begin')
    await holder.query('select from threads where id = $1 for no key update', [thread.id])
    const moved = moveThread(forum, thread.id, ['nice', 'big-data'], { by: 1, reason: null })
    await until(async () => (await waiting()) === 1)
    const replied = replyToThread(forum, { thread: thread.id, author, body: 'Encore.' })
    await until(async () => (await waiting()) === 2)
    await holder.query('commit')
    holder.release()
    await Promise.all([moved, replied])

    const { rows } = await forum.database.execute(sql`
    select active_at = last_post_at as right from threads join thread_boards on thread_id = id where id = ${thread.id}
    union all
    select active_at = last_post_at from threads join crossing_threads on thread_id = id where id = ${thread.id}`)
    t.same(rows, [{ right: true }, { right: true }, { right: true }])
    const { document } = await forum.passerBy().get('/cities/nice')
    const listed = [...document.querySelectorAll('.thread a[href*="/threads/"]')].map((link) =>
      link.getAttribute('href'),
    )
    const place = (id: number) => listed.findIndex((address) => address?.startsWith(`/threads/${id}/`))
    t.ok(place(thread.id) >= 0 && place(thread.id) < place(other.thread.id), 'the page says so too')
  },
)

t.test('a pin or a webhook that meets the merge of its board is refused, and says why', async (t) => {
  const forum = await startForum(t)
  const ada = await forum.member('Ada', 'admin')
  const { thread } = await threadBy(forum, 'Ada', { boards: ['lille'] })
  const waiting = () => waitingForLocks(forum)
  // The merge has locked its boards when it comes to this.
  const holder = await forum.database.$client.connect()
  await holder.query('begin')
  await holder.query('lock table former_slugs in exclusive mode')
  const merged = ada.post('/admin/boards/lille/merge', { into: 'paris' })
  await until(async () => (await waiting()) === 1)
  const pinned = ada.post(`/threads/${thread.id}/pin`, { board: 'lille' })
  const url = 'https://recepteur.example.org/messages'
  const added = ada.post('/settings/webhooks', { url, events: 'thread', city: 'lille', technology: '' })
  await until(async () => (await waiting()) === 3)
  await holder.query('commit')
  holder.release()

  t.equal((await merged).status, 303)
  for (const answer of [await pinned, await added]) {
    t.equal(answer.status, 409)
    t.match(answer.text('main'), 'vient d’être fusionné')
  }
})
