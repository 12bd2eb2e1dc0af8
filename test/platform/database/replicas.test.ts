import t, { type Test } from 'tap'
import { seedBoards } from '../../../src/forum/boards/seed-boards.ts'
import { migrateDatabase } from '../../../src/platform/database/migrations.ts'
import { figures } from '../../support/figures.ts'
import { startForum } from '../../support/forum.ts'
import type { Person } from '../../support/person.ts'
import { startPrimary, startReplica } from '../../support/replica.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

/** A look a second, and a bound of one. */
const PATIENCE_MILLISECONDS = 15_000
/** So that a primary which says nothing is soon known to be away. */
const PATIENCE = { connection: 1_000, statement: 3_000 }

t.test('reads that a replica answers', async (t) => {
  const primary = await startPrimary(t)
  await migrateDatabase(primary.url)
  const replica = await startReplica(t, primary)
  const settings = {
    DATABASE_URL: primary.url,
    DATABASE_REPLICA_URLS: `${replica.url}&password=secret-de-la-copie`,
    DATABASE_REPLICA_LAG: '1',
  }
  const SECRET = 'le même secret pour l’un et pour l’autre'
  const [forum, other] = await Promise.all([
    startForum(t, { ...settings, SECRET }, PATIENCE),
    startForum(t, { ...settings, SECRET }),
  ])
  await seedBoards(forum.database)
  const zoe = await forum.member('Zoé')
  const ada = await forum.member('Ada', 'admin')
  const there = other.passerBy()
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Vu de la copie' })
  const path = `/threads/${thread.id}/${thread.slug}`
  const read = async (from: 'replica' | 'primary', of = forum) =>
    (await figures(of)).get(`contrechamp_replica_reads_total{from="${from}"}`) ?? 0
  const isUsed = async (of = forum) => (await figures(of)).get('contrechamp_replica_used{replica="1"}') === 1
  /** What an admin is told of it. */
  async function told(): Promise<string> {
    const page = await ada.get('/admin/status')
    t.notMatch(page.body, 'secret-de-la-copie')
    return page.text('main')
  }
  /** Whether the next look at a page goes to the replica. */
  async function goesToReplica(person: Person, address: string, of = forum): Promise<boolean> {
    const before = await read('replica', of)
    const { status } = await person.get(address)
    if (status !== 200) throw new Error(`${status} at ${address}: ${of.logged.at(-1)}`)
    return (await read('replica', of)) > before
  }
  let looks = 0
  /** Each time at another spelling of the address, which is not kept. */
  const untilReplica = (person: Person, of = forum) =>
    until(async () => {
      looks += 1
      return (await isUsed(of)) && (await goesToReplica(person, `/threads?sort=new&look=${looks}`, of))
    }, PATIENCE_MILLISECONDS)

  t.test('are not those of what the same request has just made', async (t) => {
    await untilReplica(there, other)
    await replica.pause()
    const feed = await other.passerBy().get('/threads.atom')
    await replica.resume()
    t.equal(feed.status, 200)
  })

  t.test('are those of lists, threads and searches, by members and everybody', async (t) => {
    await untilReplica(zoe)
    for (const address of [
      '/',
      '/cities/marseille',
      path,
      '/search?q=copie',
      '/threads?show=unread',
      '/threads.atom',
    ]) {
      t.ok(await goesToReplica(zoe, address), address)
    }
    t.ok(await goesToReplica(forum.passerBy(), '/technologies'))
    t.match(await told(), /:\d+ lue, \d+ s de retard/)
  })

  t.test('never show less than whoever reads has written, nor a page that is older than what was heard', async (t) => {
    await replica.pause()
    const sent = await zoe.post(`/threads/${thread.id}/replies`, { body: 'À peine écrit' })
    t.equal(sent.status, 303)
    t.match((await zoe.get(path)).text('main'), 'À peine écrit')
    t.notOk(await goesToReplica(zoe, path))
    t.match((await forum.passerBy().get(path)).text('main'), 'À peine écrit', 'a page that is kept')

    there.setCookie('session', zoe.cookie('session') ?? '')
    there.setCookie('written', zoe.cookie('written') ?? '')
    t.match((await there.get(path)).text('main'), 'À peine écrit', 'in the other process')
    t.notOk(await goesToReplica(there, path, other))
    await replica.resume()
    await untilReplica(zoe)
    await untilReplica(there, other)
    t.match((await zoe.get(path)).text('main'), 'À peine écrit')
  })

  t.test('wait for what a cookie says was written, also where nothing was announced', async (t) => {
    const reader = forum.passerBy()
    t.ok(await goesToReplica(reader, '/search?q=personne'))
    for (const written of [String(Number.MAX_SAFE_INTEGER), 'autre', '-1']) {
      reader.setCookie('written', written)
      t.notOk(await goesToReplica(reader, `/search?q=${written}`), written)
    }
  })

  t.test('are none of a token’s, a form’s, an admin’s or a session’s', async (t) => {
    for (const address of ['/settings', '/notifications', '/subscriptions']) {
      t.notOk(await goesToReplica(zoe, address), address)
    }
  })

  t.test('go to the primary while a replica is too far behind, and come back', async () => {
    await replica.pause()
    await until(async () => {
      await forum.database.execute('select pg_logical_emit_message(false, $$test$$, $$x$$)')
      return !(await isUsed())
    }, PATIENCE_MILLISECONDS)
    t.ok(((await figures(forum)).get('contrechamp_replica_lag_seconds{replica="1"}') ?? 0) > 1)
    t.match(await told(), /:\d+ laissée de côté, \d+ s de retard/)
    t.notOk(await goesToReplica(zoe, path))
    await replica.resume()
    await untilReplica(zoe)
  })

  t.test('that a replica has been sent and hangs on go to the primary before their readers give up', async (t) => {
    const goOn = await replica.freeze()
    t.teardown(goOn)
    let answered: number | null = null
    void zoe.get(path).then(({ status }) => {
      answered = status
    })
    await until(() => answered !== null, PATIENCE_MILLISECONDS)
    t.equal(answered, 200)
    await until(async () => !(await isUsed()), PATIENCE_MILLISECONDS)
    t.notOk(await goesToReplica(zoe, path))
    goOn()
    await untilReplica(zoe)
  })

  t.test('go on while the primary is away, as the last that is known, for everybody as for visitors', async (t) => {
    const passerBy = forum.passerBy()
    const replies = `/threads/${thread.id}/replies`
    const untilAway = () => until(() => forum.database.$client.isAway, PATIENCE_MILLISECONDS)
    const write = async (body: string) => (await zoe.post(replies, { body })).status === 303
    const isShown = async (address: string) => (await passerBy.get(address)).status === 200
    /** Of pages that are kept for nobody. */
    async function areRead(t: Test): Promise<void> {
      for (const [person, address, words] of [
        [passerBy, '/technologies?sort=new', 'rien ne peut être écrit'],
        [passerBy, `${path}?page=1`, 'À peine écrit'],
        [zoe, path, 'comme aux visiteurs'],
        [zoe, '/search?q=copie', 'Vu de la copie'],
      ] as const) {
        const shown = await person.get(address)
        t.equal(shown.status, 200, address)
        t.match(shown.text('main'), words)
        t.match(shown.text('main > .notice'), /Cette page date du .* rien ne peut être écrit/)
        t.match(shown.headers.get('age'), /^\d+$/)
        t.equal(shown.headers.get('cache-control'), 'no-store')
        t.ok(shown.document.querySelector('a[href^="/login"]'), 'nobody is recognised')
      }
    }
    await untilReplica(zoe)

    t.comment('killed, with a reply that the replica has and does not show yet')
    await replica.pause()
    t.ok(await write('Juste avant'))
    await until(async () => {
      const { rows } = await forum.database.execute(
        'select from pg_stat_replication where flush_lsn >= pg_current_wal_flush_lsn()',
      )
      return rows.length === 1
    })
    await primary.kill()
    await untilAway()
    t.notOk(await isShown('/cities/lyon'), 'who lacks something that was seen is not asked')
    await replica.resume()
    await until(() => isShown('/cities/lyon'), PATIENCE_MILLISECONDS)
    await areRead(t)
    t.match((await zoe.get(path)).text('main'), 'Juste avant')
    t.match(await zoe.get('/threads.atom'), { status: 200, body: /Vu de la copie/ })
    for (const address of ['/threads?show=unread', '/threads/999/rien', '/notifications']) {
      t.equal((await zoe.get(address)).status, 503, `who may read ${address} is not known now`)
    }
    t.equal((await passerBy.get('/threads/999/rien')).status, 404)
    const sent = await zoe.post(replies, { body: 'Écrit sans serveur' })
    t.equal(sent.status, 503)
    t.match(sent.headers.get('retry-after'), /^\d+$/)
    t.same(sent.fields('form.compose').body, ['Écrit sans serveur'])
    await primary.start()
    await until(() => write('Et après'), PATIENCE_MILLISECONDS)
    t.equal((await passerBy.get('/cities/lyon')).document.querySelector('main > .notice'), null, 'it was not kept')

    t.comment('paused')
    await untilReplica(zoe)
    const goOn = await primary.freeze()
    t.teardown(goOn)
    await untilAway()
    await areRead(t)
    goOn()
    await until(() => write('Et encore après'), PATIENCE_MILLISECONDS)
    t.match((await zoe.get(path)).text('main'), 'Et encore après')
  })

  t.test('go to the primary while a replica is away, and come back', async () => {
    await untilReplica(zoe)
    await replica.stop()
    for (const address of ['/', path, '/search?q=copie', '/cities/marseille']) {
      t.equal((await zoe.get(address)).status, 200, address)
    }
    await until(async () => !(await isUsed()), PATIENCE_MILLISECONDS)
    t.match(await told(), /:\d+ laissée de côté, ne répond pas/)
    t.notOk((await figures(forum)).has('contrechamp_replica_lag_seconds{replica="1"}'))
    await replica.start()
    await untilReplica(zoe)
    t.match((await zoe.get(path)).text('main'), 'À peine écrit')
  })
})
