import { eq, sql } from 'drizzle-orm'
import pg from 'pg'
import t from 'tap'
import { type HeardEvent, isForumEvent, threadEvent } from '../../src/forum/events.ts'
import { inTransaction } from '../../src/platform/database/in-transaction.ts'
import { openBus } from '../../src/platform/live/bus.ts'
import { boards } from '../../src/schema/boards.ts'
import { atOnce } from '../support/at-once.ts'
import { startForum } from '../support/forum.ts'
import { until } from '../support/until.ts'

const increment = { position: sql`${boards.position} + 1` }

t.test('two changes that each wait for the other both happen, and are announced once', async (t) => {
  const forum = await startForum(t)
  const heard: HeardEvent[] = []
  const bus = await openBus(forum.config.databaseUrl ?? '', isForumEvent, forum.log)
  t.teardown(() => bus.close())
  const { promise: allHeard, resolve } = Promise.withResolvers<void>()
  bus.listen((event) => {
    heard.push(event)
    if (event.type === 'locked' && event.thread === 99) resolve()
  })
  const ids = (await forum.database.select({ id: boards.id }).from(boards).orderBy(boards.id).limit(2)).map(
    ({ id }) => id,
  )
  const before = await positions()
  const { promise: bothHoldOne, resolve: go } = Promise.withResolvers<void>()
  let holding = 0
  let attempts = 0

  const outcomes = await atOnce(2, (index) =>
    inTransaction(forum, async (transaction, announce) => {
      attempts += 1
      await announce(threadEvent('locked', index, []))
      for (const id of index === 0 ? ids : ids.toReversed()) {
        await transaction.update(boards).set(increment).where(eq(boards.id, id))
        holding += 1
        if (holding === 2) go()
        await bothHoldOne
      }
      return index
    }),
  )
  t.same(
    outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason)),
    [0, 1],
  )
  t.ok(attempts > 2, 'they have met')
  t.same(
    await positions(),
    before.map((position) => position + 2),
  )
  await inTransaction(forum, (_transaction, announce) => announce(threadEvent('locked', 99, [])))
  await allHeard
  t.same(heard.map((event) => (event.type === 'locked' ? event.thread : event)).sort(), [0, 1, 99])

  async function positions(): Promise<number[]> {
    const rows = await forum.database.select().from(boards).orderBy(boards.id).limit(2)
    return rows.map(({ position }) => position)
  }
})

t.test('a statement by itself that meets with a transaction happens too', async (t) => {
  const forum = await startForum(t)
  const other = new pg.Client({ connectionString: forum.config.databaseUrl ?? '' })
  await other.connect()
  t.teardown(() => other.end())
  const [first, second] = await forum.database.select().from(boards).orderBy(boards.id).limit(2)
  if (!first || !second) throw new Error('No boards')
  const incrementById = (id: number) => other.query('update boards set position = position + 1 where id = $1', [id])
  await other.query('begin')
  // The other one does not look for deadlocks, so it is ours that is undone.
  await other.query(`set local deadlock_timeout = '60s'`)
  await incrementById(second.id)
  const both = forum.database.$client.query(
    `update boards set position = position + 1
     from (select id from boards where id in ($1, $2) order by id for update) as locked
     where boards.id = locked.id`,
    [first.id, second.id],
  )
  await until(async () => {
    const { rows } = await other.query(`select count(*)::int as waiting from pg_locks where not granted`)
    return rows[0]?.waiting > 0
  })
  await incrementById(first.id)
  await other.query('commit')
  await both
  const after = await forum.database.select().from(boards).orderBy(boards.id).limit(2)
  t.same(
    after.map(({ position }) => position),
    [first.position + 2, second.position + 2],
  )
})

t.test('what fails for another reason is not done again', async (t) => {
  const forum = await startForum(t)
  let attempts = 0
  const failing = inTransaction(forum, async (transaction) => {
    attempts += 1
    await transaction.execute(sql`select 1 / 0`)
  })
  await t.rejects(failing, { cause: { code: '22012' } })
  t.equal(attempts, 1)
})
