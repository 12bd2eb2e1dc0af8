import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import t, { type Test } from 'tap'
import { openDatabase } from '../../../src/platform/database/database.ts'
import { notNow } from '../../../src/platform/database/unreachable.ts'
import { withLease } from '../../../src/platform/mail/lease.ts'
import { atOnce } from '../../support/at-once.ts'
import { freshDatabase } from '../../support/forum.ts'
import { openNetwork } from '../../support/network.ts'
import { until } from '../../support/until.ts'

const CONNECTIONS = 3

/** A database behind a way that can swallow everything, and say nothing about it. */
async function behindNetwork(t: Test) {
  const address = new URL(await freshDatabase())
  const network = await openNetwork(t, join(address.searchParams.get('host') ?? '', '.s.PGSQL.5432'))
  const url = `postgres://contrechamp@127.0.0.1:${network.port}${address.pathname}?sslmode=disable`
  const database = await openDatabase(url, CONNECTIONS, { connection: 1_000, statement: 500 })
  const ask = () => database.execute(sql`select 1`).then(({ rows }) => rows.length)
  await atOnce(CONNECTIONS, () => database.execute(sql`select pg_sleep(0.1)`).then(() => {}))
  t.equal(database.$client.totalCount, CONNECTIONS)
  return { network, database, ask }
}

t.test('connections that fall silent are given up, and others take their place', async (t) => {
  const { network, database, ask } = await behindNetwork(t)
  const { promise: hushed, resolve: hush } = Promise.withResolvers<void>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const underWay = database.transaction(async (transaction) => {
    await transaction.execute(sql`select 1`)
    begin()
    await hushed
    await transaction.execute(sql`select 2`)
  })
  await begun
  network.hush()
  hush()
  const beginning = database.transaction((transaction) => transaction.execute(sql`select 3`))
  const outcomes = await Promise.allSettled([underWay, beginning, ask(), ask()])
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') t.equal(notNow(outcome.reason)?.reason, 'away', String(outcome.reason.cause))
  }
  t.equal(outcomes[0]?.status, 'rejected')
  await until(() => ask().then(Boolean, () => false))
  const again = await atOnce(4 * CONNECTIONS, () =>
    database.transaction((transaction) => transaction.execute(sql`select 4`)),
  )
  t.same(
    again.filter(({ status }) => status === 'rejected'),
    [],
    'none of the connections is lost to the pool',
  )
  await database.$client.end()
})

t.test('who sends mails comes to an end although nobody hears that the lock is let go of', async (t) => {
  const { network, database } = await behindNetwork(t)
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const { promise: lost, resolve: lose } = Promise.withResolvers<boolean>()
  let ended = false
  const sending = withLease(
    database,
    async (_sender, signal) => {
      signal.addEventListener('abort', () => lose(true))
      network.hush()
      await over
    },
    100,
  )
  sending.then(() => (ended = true), t.fail)
  t.ok(await lost, 'it notices while it sends')
  end()
  await until(() => ended)
  await database.$client.end()
})

t.test('the pool ends although nobody answers, and although somebody holds a connection', async (t) => {
  const { network, database, ask } = await behindNetwork(t)
  network.hush()
  const asked = ask().catch((error: unknown) => error)
  const held = await database.$client.connect()
  const ended = database.$client.end()
  await t.rejects(held.query('select 5'), 'what is asked meanwhile fails')
  held.release()
  await ended
  t.equal(notNow(await asked)?.reason, 'away')
})

t.test('a statement that takes its time is ended by the database, and the connection lives', async (t) => {
  const { database } = await behindNetwork(t)
  const error = await database.execute(sql`select pg_sleep(10)`).then(
    () => null,
    ({ cause }: Error) => cause,
  )
  t.ok(error instanceof pg.DatabaseError && error.code === '57014', String(error))
  await database.$client.end()
})

t.test('numbers come as numbers, in lists too', async (t) => {
  const { database } = await behindNetwork(t)
  const { rows } = await database.execute(sql`
    select 9007199254740991::bigint as one, '{1,NULL,9007199254740991}'::bigint[] as many, '{}'::bigint[] as none,
      '{{1,2},{3,4}}'::bigint[] as nested`)
  t.same(rows, [
    {
      one: 9007199254740991,
      many: [1, null, 9007199254740991],
      none: [],
      nested: [
        [1, 2],
        [3, 4],
      ],
    },
  ])
  await database.$client.end()
})
