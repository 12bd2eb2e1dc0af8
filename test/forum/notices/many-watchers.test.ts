import t from 'tap'
import { notifyWatchers } from '../../../src/forum/notices/notify-watchers.ts'
import { startForum } from '../../support/forum.ts'
import { crowdWatches, notifiedIn } from '../../support/notifications.ts'
import { allSteps, explain } from '../../support/plans.ts'
import { statementsDuring } from '../../support/statements.ts'
import { idOf, threadBy } from '../../support/threads.ts'

const WATCHERS = 50_000

t.test('a thread that fifty thousand watch', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const bob = await forum.member('Bob')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'La foule' })
  const { thread: quiet } = await threadBy(forum, 'Bob', { title: 'Le calme' })
  await crowdWatches(forum, thread.id, WATCHERS)
  await forum.database.execute('analyze')
  const reply =
    (to: { id: number }, body: string, more = {}) =>
    async () =>
      t.equal((await bob.post(`/threads/${to.id}/replies`, { body, ...more })).status, 303)
  const sweep = () => notifyWatchers(forum, () => false)
  await reply(quiet, 'Il y a quelqu’un ?')()
  await sweep()

  t.test('costs a reply hardly more than one that nobody watches', async (t) => {
    const alone = await statementsDuring(reply(quiet, 'Personne ?'))
    const crowded = await statementsDuring(reply(thread, 'Bonjour à tous.', { reply_to: '1' }))
    t.equal(crowded.length, alone.length, 'no more statements')
    t.equal((await zoe.get('/notifications')).texts('.new p:first-child').length, 1, 'whom it answers is told at once')
    const [telling] = crowded.filter(({ text }) => /insert into notifications/.test(text))
    if (!telling) throw new Error('Nobody was told')
    const client = await forum.database.$client.connect()
    t.teardown(() => client.release())
    for (const planning of ['force_custom_plan', 'force_generic_plan'] as const) {
      const { plan } = await explain(client, telling, planning)
      const read = allSteps(plan).reduce((sum, { table, rows, removed }) => sum + (table ? rows + removed : 0), 0)
      t.ok(read <= 400, `${planning}: ${read} rows are read`)
    }
  })

  t.test('has all of them told a moment later, once', async (t) => {
    await reply(thread, 'Et à toutes.')()
    await sweep()
    t.equal(await notifiedIn(forum, thread.id), WATCHERS + 2, 'a line for each of them, and two for whom it began with')
    await sweep()
    await reply(thread, 'Encore.')()
    await sweep()
    t.equal(await notifiedIn(forum, thread.id), WATCHERS + 2, 'who has not come back since has one line')
  })

  t.test('tells nobody of what is deleted before', async (t) => {
    const { thread: other } = await threadBy(forum, 'Zoé', { title: 'Une autre foule' })
    await crowdWatches(forum, other.id, 200)
    await reply(other, 'Une erreur.')()
    const page = await bob.get(`/threads/${other.id}/${other.slug}`)
    await bob.submit(page, '#post-2 form[action$="/delete"]', {})
    await sweep()
    t.equal(await notifiedIn(forum, other.id), 0)
    await reply(other, 'Deux.')()
    await reply(other, 'Trois.')()
    await forum.database.execute(
      `insert into reads (member_id, thread_id, number) values (${await idOf(forum, 'Zoé')}, ${other.id}, 3)`,
    )
    await sweep()
    t.equal(await notifiedIn(forum, other.id), 201, 'who has read a reply is told of the next one')
  })
})
