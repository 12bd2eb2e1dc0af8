import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import t, { type Test } from 'tap'
import { type Bus, type HeardEvent, isForumEvent, threadEvent } from '../../../src/forum/events.ts'
import { inTransaction } from '../../../src/platform/database/in-transaction.ts'
import { announcement, openBus } from '../../../src/platform/live/bus.ts'
import { startForum, type TestForum } from '../../support/forum.ts'
import { openNetwork } from '../../support/network.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

/** Everything that is announced in a forum's database, as it comes. */
async function overhear(t: Test, forum: TestForum): Promise<AsyncGenerator<string>> {
  const client = new pg.Client({ connectionString: forum.config.databaseUrl ?? '' })
  const heard: string[] = []
  let wake = () => {}
  client.on('notification', ({ payload = '' }) => {
    heard.push(payload)
    wake()
  })
  await client.connect()
  await client.query('listen contrechamp')
  t.teardown(() => client.end())
  return (async function* () {
    for (;;) {
      const next = heard.shift()
      if (next !== undefined) yield next
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  })()
}

t.test('what happens in a thread is announced with its commit', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const mira = await forum.member('Mira', 'moderator')
  const here = ['marseille', 'nice', 'paris', 'lyon', 'nantes', 'lille', 'rennes', 'drones']
  const there = ['angers', 'metz', 'toulouse', 'strasbourg', 'bordeaux', 'grenoble', 'dijon', 'big-data']
  const { thread } = await threadBy(forum, 'Zoé', { boards: here })
  const announced = await overhear(t, forum)
  const next = async () => (await announced.next()).value ?? ''

  await t.test('each in ids alone, and short', async (t) => {
    const act = async (path: string, fields = {}) => t.equal((await mira.post(path, fields)).status, 303, path)
    await act(`/threads/${thread.id}/replies`, { body: 'Secret de l’instruction' })
    const post = JSON.parse(await next())
    t.match(post, { type: 'post', thread: thread.id, number: 2 })
    t.equal(post.boards.length, 8)
    const { rows } = await forum.database.execute<{ id: string }>(
      sql`select id from posts where thread_id = ${thread.id} and number = 2`,
    )
    const acts: [type: string, path: string, fields?: object][] = [
      ['edited', `/posts/${rows[0]?.id}/edit`, { body: 'Autre secret' }],
      ['deleted', `/posts/${rows[0]?.id}/delete`],
      ['restored', `/posts/${rows[0]?.id}/restore`],
      ['moved', `/threads/${thread.id}/move`, { boards: there }],
      ['locked', `/threads/${thread.id}/lock`],
      ['removed', `/threads/${thread.id}/remove`],
    ]
    for (const [type, path, fields] of acts) {
      await act(path, fields)
      const events: Record<string, unknown>[] = []
      // A moderator’s act also tells its author, who is told so.
      while (events.at(-1)?.type !== type) {
        const payload = await next()
        t.ok(Buffer.byteLength(payload) < 1_000, `${payload.length} bytes`)
        t.notMatch(payload, /secret/i)
        events.push(JSON.parse(payload))
      }
      const { name: _name, type: _type, tags: _tags, ...ids } = events.at(-1) ?? {}
      t.ok(Object.values(ids).flat().every(Number.isInteger), `${type}: ${Object.keys(ids)}`)
    }
  })

  await t.test('and not at all when there is none', async (t) => {
    const failing = inTransaction(forum, async (_transaction, announce) => {
      await announce(threadEvent('locked', 4_711, []))
      throw new Error('Changed my mind')
    })
    await t.rejects(failing, { message: 'Changed my mind' })
    await inTransaction(forum, (_transaction, announce) => announce(threadEvent('locked', 12, [])))
    // What the last act told its author may still come before.
    let event = JSON.parse(await next())
    while (event.type === 'notified') event = JSON.parse(await next())
    t.match(event, { type: 'locked', thread: 12 })
  })
})

/** A bus on a connection that can break, and what it has told. */
async function overNetwork(t: Test, forum: TestForum) {
  const { searchParams, pathname } = new URL(forum.config.databaseUrl ?? '')
  const network = await openNetwork(t, join(searchParams.get('host') ?? '', '.s.PGSQL.5432'))
  const url = `postgres://contrechamp@127.0.0.1:${network.port}${pathname}?sslmode=disable`
  const bus = await openBus(url, isForumEvent, forum.log, 100)
  t.teardown(() => bus.close())
  return { network, bus, events: hearing(bus) }
}

function hearing(bus: Bus) {
  const events: HeardEvent[] = []
  bus.listen((event) => {
    events.push(event)
  })
  return events
}

t.test('the connection that hears', async (t) => {
  const forum = await startForum(t)
  const say = (thread: number) =>
    inTransaction(forum, (_transaction, announce) => announce(threadEvent('locked', thread, [])))

  t.test('that is cut: it says so, comes back by itself, and says that something may have been missed', async (t) => {
    const { network, events } = await overNetwork(t, forum)
    await say(1)
    await until(() => events.length === 1)
    network.cut()
    await until(() => events.length === 2)
    await say(2)
    const before = network.asked
    await until(() => network.asked >= before + 3)
    network.mend()
    await until(() => events.length === 3)
    await say(3)
    await until(() => events.length === 4)
    t.match(events, [
      { type: 'locked', thread: 1 },
      { type: 'disconnected' },
      { type: 'reconnected' },
      { type: 'locked', thread: 3 },
    ])
  })

  t.test('that says nothing any more is given up', async (t) => {
    const { network, events } = await overNetwork(t, forum)
    network.hush()
    await until(() => events.length === 2)
    await say(1)
    await until(() => events.length === 3)
    t.match(events, [{ type: 'disconnected' }, { type: 'reconnected' }, { type: 'locked', thread: 1 }])
  })

  t.test('takes what it does not understand for something that was missed, and goes on', async (t) => {
    const { bus, events } = await overNetwork(t, forum)
    const stop = bus.listen((event) => {
      if (event.type === 'locked' && event.thread === 1) throw new Error('A listener that fails')
    })
    const notices = [
      'bonjour',
      '',
      'null',
      '[]',
      '{"type":"post","thread":1,"number":1,"tags":[],"name":"y"}',
      '{"type":"post","thread":1,"number":1,"boards":[1],"tags":[]}',
      '{"type":"post","thread":1,"number":1,"boards":[1],"name":"y"}',
      '{"type":"post","thread":1,"number":1,"boards":[1],"tags":[1],"name":"y"}',
      '{"type":"post","thread":"1","number":1,"boards":[1],"tags":[],"name":"y"}',
      '{"type":"member","member":null,"tags":[],"name":"y"}',
      '{"type":"of a later version","tags":[],"name":"y"}',
      '{"type":"toString","tags":[],"name":"y"}',
      '{"type":"reconnected","tags":[],"name":"y"}',
    ]
    for (const notice of notices) await forum.database.execute(sql`select pg_notify('contrechamp', ${notice})`)
    await say(1)
    await say(2)
    await until(() => events.length === notices.length + 2)
    stop()
    t.same(
      events.map((event) => (event.type === 'locked' ? event.thread : event.type)),
      [...notices.map(() => 'reconnected'), 1, 2],
    )
    t.match(forum.logged.join('\n'), 'an event was not taken in')
    t.notMatch(forum.logged.join('\n'), 'bonjour')
  })

  t.test('tells everything once, also what this process was not told to be done', async (t) => {
    const { bus, events } = await overNetwork(t, forum)
    const event = threadEvent('locked', 1, [])
    const announce = (name: string) =>
      forum.database.execute(sql`select ${announcement(sql`${JSON.stringify(event)}::jsonb`, name)}`)
    await announce('told before it is heard')
    bus.announce(event, 'told before it is heard')
    await announce('whose answer was lost')
    await until(() => events.length === 2)
    bus.announce(event, 'whose answer was lost')
    await say(2)
    await until(() => events.length === 3)
    t.match(events, [{ thread: 1 }, { thread: 1 }, { thread: 2 }])
  })
})
