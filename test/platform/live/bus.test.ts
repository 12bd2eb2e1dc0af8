import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { Redis } from 'iovalkey'
import pg from 'pg'
import t, { type Test } from 'tap'
import { type ForumEvent, type HeardEvent, isForumEvent, threadEvent } from '../../../src/forum/events.ts'
import { inTransaction } from '../../../src/platform/database/in-transaction.ts'
import { type OpenBus, openBus } from '../../../src/platform/live/bus.ts'
import { openRedisBus } from '../../../src/platform/live/redis-bus.ts'
import { freshDatabase, startForum, type TestForum } from '../../support/forum.ts'
import { FaithfulWindow } from '../../support/live-window.ts'
import { type Network, openNetwork } from '../../support/network.ts'
import { startRedis } from '../../support/redis-server.ts'
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

const HEARTBEAT = 100

/** What is no event of this version. */
const NOTICES = [
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

/** What carries events, and how a test has one in hand. */
interface Carrier {
  settings: Record<string, string>
  /** Opens a bus over a network that can break. */
  open(t: Test, forum: TestForum): Promise<{ network: Network; bus: OpenBus<ForumEvent> }>
  /** Has the others hear something that no verb said. */
  shout(forum: TestForum, payload: string): Promise<unknown>
}

const postgresql: Carrier = {
  settings: {},
  async open(t, forum) {
    const { searchParams, pathname } = new URL(forum.config.databaseUrl ?? '')
    const network = await openNetwork(t, join(searchParams.get('host') ?? '', '.s.PGSQL.5432'))
    const url = `postgres://contrechamp@127.0.0.1:${network.port}${pathname}?sslmode=disable`
    return { network, bus: await openBus(url, isForumEvent, forum.log, HEARTBEAT) }
  },
  shout: (forum, payload) => forum.database.execute(sql`select pg_notify('contrechamp', ${payload})`),
}

async function overRedis(t: Test): Promise<Carrier | null> {
  const server = await startRedis(t)
  if (!server) return null
  const client = new Redis(server.url)
  t.teardown(() => client.disconnect())
  return {
    settings: { LIVE_BUS: server.url },
    async open(t, forum) {
      const network = await openNetwork(t, server.port)
      const url = `redis://127.0.0.1:${network.port}`
      return { network, bus: await openRedisBus(url, forum.secret, isForumEvent, forum.log, HEARTBEAT) }
    },
    async shout(_forum, payload) {
      const channels = await client.pubsub('CHANNELS')
      for (const channel of channels) await client.publish(String(channel), payload)
    },
  }
}

for (const name of ['PostgreSQL', 'Redis']) {
  t.test(`the connection that hears, over ${name}`, async (t) => {
    const carrier = name === 'Redis' ? await overRedis(t) : postgresql
    if (!carrier) return
    const forum = await startForum(t, carrier.settings)
    const say = (thread: number) =>
      inTransaction(forum, (_transaction, announce) => announce(threadEvent('locked', thread, [])))
    /** A bus on a connection that can break, and what it has told. */
    const overNetwork = async (t: Test) => {
      const { network, bus } = await carrier.open(t, forum)
      t.teardown(() => bus.close())
      const events: HeardEvent[] = []
      bus.listen((event) => {
        events.push(event)
      })
      return { network, bus, events }
    }

    t.test('that is cut: it says so, comes back by itself, and says that something may have been missed', async (t) => {
      const { network, events } = await overNetwork(t)
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
      const { network, events } = await overNetwork(t)
      const warnings: Error[] = []
      const warned = (warning: Error) => void warnings.push(warning)
      process.on('warning', warned)
      t.teardown(() => process.off('warning', warned))
      network.hush()
      await until(() => events.length === 2)
      await say(1)
      await until(() => events.length === 3)
      t.match(events, [{ type: 'disconnected' }, { type: 'reconnected' }, { type: 'locked', thread: 1 }])
      t.same(warnings, [])
    })

    t.test('that says nothing is not waited for by each of many events', async (t) => {
      const { network, bus, events } = await overNetwork(t)
      const locked = () => events.filter(({ type }) => type === 'locked').length
      network.hush()
      const told = inTransaction({ database: forum.database, bus }, async (_transaction, announce) => {
        for (const thread of [1, 2, 3]) await announce(threadEvent('locked', thread, []))
      })
      await until(() => locked() > 0)
      t.equal(locked(), 3)
      await told
    })

    t.test('takes what it does not understand for something that was missed, and goes on', async (t) => {
      const { bus, events } = await overNetwork(t)
      const stop = bus.listen((event) => {
        if (event.type === 'locked' && event.thread === 1) throw new Error('A listener that fails')
      })
      for (const notice of NOTICES) await carrier.shout(forum, notice)
      await say(1)
      await say(2)
      await until(() => events.length === NOTICES.length + 2)
      stop()
      t.same(
        events.map((event) => (event.type === 'locked' ? event.thread : event.type)),
        [...NOTICES.map(() => 'reconnected'), 1, 2],
      )
      t.match(forum.logged.join('\n'), 'an event was not taken in')
      t.notMatch(forum.logged.join('\n'), 'bonjour')
    })

    t.test('tells everything once, also what this process was not told to be done', async (t) => {
      const { bus, events } = await overNetwork(t)
      const event = threadEvent('locked', 1, [])
      const announce = (name: string) => carrier.shout(forum, JSON.stringify({ ...event, name }))
      await announce('told before it is heard')
      await bus.announce(event, 'told before it is heard')
      await announce('whose answer was lost')
      await until(() => events.length === 2)
      await bus.announce(event, 'whose answer was lost')
      await say(2)
      await until(() => events.length === 3)
      t.match(events, [{ thread: 1 }, { thread: 1 }, { thread: 2 }])
    })
  })

  t.test(`two processes over ${name}, one of which cannot be heard, and then cannot hear`, async (t) => {
    const carrier = name === 'Redis' ? await overRedis(t) : postgresql
    if (!carrier) return
    const DATABASE_URL = await freshDatabase()
    const SECRET = 'le même secret pour l’un et pour l’autre'
    const settings = { ...carrier.settings, DATABASE_URL, SECRET }
    const here = await startForum(t, settings)
    const zoe = await here.member('Zoé')
    const { thread } = await threadBy(here, 'Zoé')
    const path = `/threads/${thread.id}/${thread.slug}`
    // What the other process has of its own is this bus alone, whose network breaks.
    const { network, bus } = await carrier.open(t, here)
    t.teardown(() => bus.close())
    const there = await startForum(t, settings, undefined, bus)
    const reader = new FaithfulWindow(t, [there.origin], thread.id)
    const seen = async () => (await there.passerBy().get(path)).text('main')
    await reader.until(1)
    t.notMatch(await seen(), 'Deux')

    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Deux' })
    await reader.until(2)
    await until(async () => /Deux/.test(await seen()))

    t.comment('the reader’s process hears nobody')
    network.cut()
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Trois' })
    network.mend()
    await reader.until(3)
    await until(async () => /Trois/.test(await seen()))

    t.comment('nobody hears the process where she writes')
    const away = there.passerBy()
    away.setCookie('session', zoe.cookie('session') ?? '')
    const other = new FaithfulWindow(t, [here.origin], thread.id)
    await other.until(3)
    t.match((await here.passerBy().get(path)).text('main'), 'Trois')
    network.cut()
    t.equal((await away.post(`/threads/${thread.id}/replies`, { body: 'Quatre' })).status, 303)
    network.mend()
    await Promise.all([reader.until(4), other.until(4)])
    await until(async () => /Quatre/.test((await here.passerBy().get(path)).text('main')))
    t.same(reader.numbers, [1, 2, 3, 4])
    t.same(other.numbers, [1, 2, 3, 4])
  })
}
