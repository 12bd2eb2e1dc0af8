import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { allSteps, explain } from '../../support/plans.ts'
import { statementsDuring } from '../../support/statements.ts'
import { threadBy } from '../../support/threads.ts'

t.test('fifty thousand watchers cost one statement', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const bob = await forum.member('Bob')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'La foule' })
  await forum.database.execute(sql`
    with crowd as (
      insert into members (username, username_key, password_hash)
      select 'foule' || n, 'foule' || n, '' from generate_series(1, 50000) as n
      returning id
    )
    insert into thread_subscriptions (member_id, thread_id, level) select id, ${thread.id}, 'watching' from crowd`)
  // What PostgreSQL knows of the tables, when it plans, is from before anybody was told.
  await forum.database.execute(sql`analyze`)
  const counted = async () => {
    const { rows } = await forum.database.execute(sql`select from notifications where thread_id = ${thread.id}`)
    return rows.length
  }
  const { thread: quiet } = await threadBy(forum, 'Bob', { title: 'Le calme' })
  const reply = (to: { id: number }, body: string) => async () =>
    t.equal((await bob.post(`/threads/${to.id}/replies`, { body })).status, 303)
  await reply(quiet, 'Il y a quelqu’un ?')()
  const alone = await statementsDuring(reply(quiet, 'Personne ?'))
  const before = await statementsDuring(reply(thread, 'Bonjour à tous.'))
  t.equal(await counted(), 50_001)
  const again = await statementsDuring(reply(thread, 'Et à toutes.'))
  t.same([before.length, again.length], [alone.length, alone.length], 'no more statements than where nobody watches')
  t.equal(before.filter(({ text }) => /insert into notifications/.test(text)).length, 1)
  t.equal(await counted(), 50_001, 'who has not come back since has one line')

  const [telling] = again.filter(({ text }) => /insert into notifications/.test(text))
  if (!telling) throw new Error('Nobody was told')
  const client = await forum.database.$client.connect()
  t.teardown(() => client.release())
  for (const planning of ['force_custom_plan', 'force_generic_plan'] as const) {
    const { plan } = await explain(client, telling, planning)
    const read = allSteps(plan).reduce((sum, { table, rows, removed }) => sum + (table ? rows + removed : 0), 0)
    t.ok(read <= 3 * 50_001, `${planning}: ${read} rows are read`)
  }
})
