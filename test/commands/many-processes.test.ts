import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { openBalancer } from '../support/balancer.ts'
import { openWindow, startBrowser } from '../support/browser.ts'
import { Crowd, nothingIsLost } from '../support/crowd.ts'
import { freshDatabase, PASSWORD } from '../support/forum.ts'
import { freePort } from '../support/free-port.ts'
import { FaithfulWindow } from '../support/live-window.ts'
import { Person } from '../support/person.ts'
import { dataFolder, serve } from '../support/served.ts'
import { until } from '../support/until.ts'

/** A setting that was changed in another process holds after so long: `docs/operations.md`. */
const SETTINGS_MILLISECONDS = 2_000
const RESTART_MILLISECONDS = 60_000

t.test('two web processes and a worker, behind a proxy, on one PostgreSQL: as compose.yaml has it', async (t) => {
  const [port, ...ports] = await Promise.all([freePort(), freePort(), freePort()])
  const DATABASE_URL = await freshDatabase()
  const DATA_DIR = await dataFolder(t)
  const common = {
    DATABASE_URL,
    DATA_DIR,
    ORIGIN: `http://127.0.0.1:${port}`,
    SECRET: 'le même secret pour tous les processus',
  }
  const web = (place: number) => serve(t, { ...common, WORKER: 'off', PORT: String(ports[place]) })
  const [worker, ...webs] = await Promise.all([serve(t, { ...common, WORKER: 'on' }), web(0), web(1)])
  const balancer = await openBalancer(t, port, ports)
  const { origin } = balancer
  await until(() => balancer.isReady(0) && balancer.isReady(1), RESTART_MILLISECONDS)
  const setup = webs
    .flatMap(({ printed }) => printed.map((line) => /\/register\?setup=\S+/.exec(line)?.[0]))
    .find(Boolean)
  const zoe = new Person(origin)
  const passerBy = new Person(origin)

  t.test('whoever has logged in with one writes with the other, and reads it at once with both', async (t) => {
    balancer.sendTo(0)
    await zoe.submit(await zoe.get(setup ?? ''), 'main form', { username: 'Zoé', password: PASSWORD })
    balancer.sendTo(1)
    const started = await zoe.post('/threads', { title: 'Une longue nuit', body: 'Bonsoir', boards: ['nice'] })
    t.equal(started.status, 303)
    for (const place of [0, 1]) {
      balancer.sendTo(place)
      t.equal((await zoe.follow('/threads/1')).text('.post .prose'), 'Bonsoir')
      t.equal((await zoe.get('/')).status, 200)
    }
    t.ok(balancer.answered.every((count) => count > 0))
  })

  t.test('a reply comes live to the windows of both, and drops the pages that both have kept', async (t) => {
    const browser = await startBrowser()
    const windows = []
    for (const place of [0, 1]) {
      balancer.sendTo(place)
      const window = await openWindow(t, browser, origin)
      await window.goto('/threads/1')
      await window.locator('[data-live]').waitFor()
      windows.push(window)
      t.notMatch((await passerBy.follow('/threads/1')).text('main'), 'Et ensuite')
    }
    balancer.sendTo(0)
    t.equal((await zoe.post('/threads/1/replies', { body: 'Et ensuite ?' })).status, 303)
    for (const window of windows) {
      await window.locator('#post-2 .prose', { hasText: 'Et ensuite' }).waitFor()
      t.same(window.complaints, [])
    }
    for (const place of [0, 1]) {
      balancer.sendTo(place)
      await until(async () => /Et ensuite/.test((await passerBy.follow('/threads/1')).text('main')))
    }
  })

  t.test('a setting holds at once here, and in the other within two seconds', async (t) => {
    balancer.sendTo(0)
    const saved = await zoe.submit(await zoe.get('/admin/settings'), 'form.sheet', { name: 'À plusieurs' })
    t.equal(saved.status, 303)
    t.equal((await passerBy.get('/')).text('.wordmark'), 'À plusieurs')
    balancer.sendTo(1)
    await until(async () => (await passerBy.get('/')).text('.wordmark') === 'À plusieurs', SETTINGS_MILLISECONDS)
  })

  t.test('the worker sends what the web processes have mails for', async (t) => {
    balancer.sendTo(1)
    const fields = { action: 'address', email: 'zoe@example.org', password: PASSWORD }
    t.equal((await zoe.post('/settings/email', fields)).status, 303)
    await until(async () => (await readdir(join(DATA_DIR, 'outbox')).catch(() => [])).length > 0)
  })

  t.test('all are started anew, one after the other, while people write and read: no request fails', async (t) => {
    balancer.sendTo('each in turn')
    const crowd = new Crowd()
    const reader = new FaithfulWindow(t, [origin], 1)
    const wrong: string[] = []
    let enough = false
    const note = (what: string, answer: { status: number } | null, right: number) => {
      if (answer?.status !== right) wrong.push(`${what}: ${answer?.status ?? 'nothing'}`)
    }
    const reading = async (person: Person, path: string) => {
      while (!enough) note(path, await person.get(path).catch(() => null), 200)
    }
    const others = [reading(zoe, '/notifications'), reading(passerBy, '/cities'), reading(passerBy, '/threads')]
    const writers = [1, 2].map(() =>
      crowd.reply(
        zoe,
        () => enough,
        (answer) => note('a reply', answer, 303),
      ),
    )

    for (const [place, former] of webs.entries()) {
      const before = crowd.acknowledged.length
      await crowd.until(before + 10)
      t.equal(await former.end('SIGTERM'), 0)
      await web(place)
      await until(() => balancer.isReady(place), RESTART_MILLISECONDS)
    }
    t.equal(await worker.end('SIGTERM'), 0)
    await crowd.until(crowd.acknowledged.length + 10)
    enough = true
    await Promise.all([...others, ...writers])
    t.same(wrong, [])
    t.same(balancer.failed, [])
    await nothingIsLost(t, DATABASE_URL, crowd, reader)
  })
})
