import { sql } from 'drizzle-orm'
import t from 'tap'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { freshDatabase, startForum } from '../../support/forum.ts'
import { follow } from '../../support/live-window.ts'
import { serve } from '../../support/served.ts'
import { idOf, threadBy } from '../../support/threads.ts'

const PASSWORD = 'quatre mots sans rapport'

t.test('two processes on one database', async (t) => {
  const DATABASE_URL = await freshDatabase()
  const [one, other] = await Promise.all([serve(t, { DATABASE_URL }), serve(t, { DATABASE_URL, WORKER: 'off' })])
  const zoe = one.passerBy()
  await zoe.post('/register', { username: 'Zoé', password: PASSWORD })
  await zoe.post('/threads', { title: 'Deux processus', body: 'Un', boards: ['nice'] })
  const say = async (body: string) => {
    const sent = await zoe.post('/threads/1/replies', { body })
    t.equal(sent.status, 303)
  }

  const here = await follow(t, one.origin, { thread: 1, after: 1 })
  const there = await follow(t, other.origin, { thread: 1, after: 1 })
  await say('Deux')
  await say('Trois')
  for (const window of [here, there]) {
    await window.until(() => window.numbers.length === 2)
    t.same(window.numbers, [2, 3])
  }
  await there.until(() => there.messages.some(({ type, count }) => type === 'readers' && count === 2))
  t.pass('readers of both are counted together')

  await other.end('SIGKILL')
  await there.until(() => there.closed !== null)
  await say('Quatre')
  await here.until(() => here.numbers.length === 3)
  const back = await follow(t, one.origin, { thread: 1, after: 3 })
  await back.until(() => back.numbers.length === 1)
  t.same(back.numbers, [4], 'who was at the killed one misses nothing at the other')
})

t.test('what was announced while a process could not hear is not missed', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const author = { id: await idOf(forum, 'Zoé'), role: 'member' as const, language: 'fr' as const }
  const { thread } = await threadBy(forum, 'Zoé', { replies: 1 })
  const zoe = forum.passerBy()
  await zoe.post('/login', { username: 'Zoé', password: PASSWORD })
  const window = await follow(t, forum.origin, { thread: thread.id, after: 2 })
  const page = await zoe.get(`/threads/${thread.id}/${thread.slug}`)
  const remove =
    page.document.querySelector('#post-2 form:is([action$="/delete"], [action$="/restore"])')?.getAttribute('action') ??
    ''

  for (let round = 0; round < 3; round += 1) {
    await forum.database.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'contrechamp bus'`)
    for (let count = 0; count < 5; count += 1) await replyToThread(forum, { thread: thread.id, author, body: 'Encore' })
    await zoe.post(round % 2 === 0 ? remove : remove.replace('delete', 'restore'))
    await window.until(() => window.numbers.length === 5 * (round + 1))
    await window.until(() => window.changes.length === round + 1)
  }
  t.same(
    window.numbers,
    Array.from({ length: 15 }, (_, index) => index + 3),
  )
  t.same(
    window.changes.map(({ type }) => type),
    ['deleted', 'edited', 'deleted'],
  )
})
