import pg from 'pg'
import t from 'tap'
import { begin, Crowd, nothingIsLost } from '../support/crowd.ts'
import { freshDatabase } from '../support/forum.ts'
import { FaithfulWindow } from '../support/live-window.ts'
import { command, dataFolder, serve } from '../support/served.ts'

const SECRET = 'le même secret pour tous les processus'
const DAY_MILLISECONDS = 86_400_000

/** A machine whose clock is so many days wrong, forwards or back. */
function clockWrongBy(days: number): Record<string, string> {
  const wrong = `
    const Real = Date, by = ${days * DAY_MILLISECONDS}
    globalThis.Date = class extends Real {
      constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + by) }
      static now() { return Real.now() + by }
    }`
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(wrong)}` }
}

t.test('machines whose clocks are wrong keep everybody logged in, and everything that they should', async (t) => {
  const DATABASE_URL = await freshDatabase()
  const settings = { DATABASE_URL, SECRET }
  const [ahead, behind] = await Promise.all([
    serve(t, { ...settings, ...clockWrongBy(400) }),
    serve(t, { ...settings, ...clockWrongBy(-400), WORKER: 'off' }),
  ])
  const zoe = await begin(t, ahead)
  const client = new pg.Client({ connectionString: DATABASE_URL })
  await client.connect()
  t.teardown(() => client.end())
  const reader = new FaithfulWindow(t, [behind.origin], 1)
  const there = behind.passerBy()
  for (const pair of zoe.cookieHeader.split('; ')) {
    const [name = '', value = ''] = pair.split('=')
    there.setCookie(name, value)
  }
  const crowd = new Crowd()
  const isEnough = () => crowd.acknowledged.length >= 12
  await Promise.all([crowd.reply(zoe, isEnough), crowd.reply(there, isEnough)])
  for (const person of [zoe, there]) t.equal((await person.get('/notifications')).status, 200)
  const { rows } = await client.query(`select extract(days from expires_at - now())::int as days from sessions`)
  t.same(rows, [{ days: 29 }], 'a session ends by the one clock that all have')

  // The clean-up of the machine that is a year ahead, with what is to be forgotten after two months.
  await client.query(
    `insert into mails (member_id, kind, urgent, state, created_at) values (1, 'digest', false, 'sent', now() - interval '50 days')`,
  )
  await client.query(
    `select graphile_worker.add_job('keep_retention'), graphile_worker.add_job('forget_expired_sessions')`,
  )
  for (let left = 1; left > 0; ) {
    const jobs = await client.query(
      `select from graphile_worker.jobs where task_identifier in ('keep_retention', 'forget_expired_sessions')`,
    )
    left = jobs.rows.length
  }
  t.equal((await client.query('select from mails')).rows.length, 1)
  t.equal((await zoe.get('/notifications')).status, 200)
  await nothingIsLost(t, DATABASE_URL, crowd, reader)

  t.match(await command(['doctor'], { ...settings, ...clockWrongBy(-1), DATA_DIR: await dataFolder(t) }), {
    code: 1,
    printed: /^BROKEN {2}The clocks of this machine and of the database differ by 86\d{3} s/m,
  })
})
