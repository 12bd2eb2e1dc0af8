import { eq, sql } from 'drizzle-orm'
import t from 'tap'
import { addJob } from '../../../src/platform/jobs/jobs.ts'
import { members } from '../../../src/schema/members.ts'
import { acts } from '../../../src/schema/moderation.ts'
import { startForum } from '../../support/forum.ts'
import { allSteps, explain } from '../../support/plans.ts'
import { statementsDuring } from '../../support/statements.ts'

t.test('who runs the forum', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Ada', 'admin')
  const zoe = await forum.member('Zoé')
  const roleOf = async (username: string) => {
    const [found] = await forum.database.select().from(members).where(eq(members.username, username))
    return found?.role
  }

  t.test('finds members by name, role and state', async (t) => {
    await forum.member('Zoran')
    const found = async (query: string) => (await admin.get(`/admin/members?${query}`)).texts('.log a.member')
    t.same(await found('q=zo'), ['Zoran', 'Zoé'])
    t.same(await found('q=ZOÉ'), ['Zoé'])
    t.same(await found('role=admin&state='), ['Ada'])
    t.same(await found('state=banned'), [])
    t.equal((await zoe.get('/admin/members')).status, 403)
  })

  t.test('finds them among many without looking at each', async (t) => {
    await forum.database.execute(sql`
      insert into members (username, username_key, password_hash)
      select 'Foule' || n, 'foule' || n, '' from generate_series(1, 5000) as n`)
    await forum.database.execute(sql`analyze members`)
    const client = await forum.database.$client.connect()
    t.teardown(() => client.release(true))
    for (const query of ['q=zo', 'role=admin', 'state=waiting', 'state=silenced', 'state=banned']) {
      const statements = await statementsDuring(() => admin.get(`/admin/members?${query}`))
      const [finding, ...others] = statements.filter(
        ({ text }) => text.includes('"waiting_since"') && text.includes('limit'),
      )
      if (!finding) throw new Error('No statement finds members')
      t.same(others, [])
      const { plan } = await explain(client, finding, 'force_custom_plan')
      t.same(
        allSteps(plan).filter(({ rows, removed }) => rows + removed > 100),
        [],
        query,
      )
    }
  })

  t.test('gives roles, which stand in the log and are told', async (t) => {
    const given = await admin.post('/admin/members/Zo%C3%A9/role', { role: 'moderator' })
    t.equal(given.status, 303)
    t.equal(await roleOf('Zoé'), 'moderator')
    t.equal((await zoe.get('/moderation')).status, 200, 'at once')
    t.match((await zoe.get('/notifications')).text('main'), 'Votre rôle a changé')
    const [act] = await forum.database.select().from(acts).orderBy(sql`id desc`).limit(1)
    t.match(act, { kind: 'role', before: { role: 'member' }, after: { role: 'moderator' } })
    t.equal((await admin.post('/admin/members/Zo%C3%A9/role', { role: 'reine' })).status, 422)
    t.equal((await admin.post('/admin/members/Personne/role', { role: 'admin' })).status, 404)
    t.equal((await zoe.post('/admin/members/Zoran/role', { role: 'admin' })).status, 403)
  })

  t.test('stays while there is nobody else', async (t) => {
    const refused = await admin.post('/admin/members/Ada/role', { role: 'member' })
    t.equal(refused.status, 422)
    t.match(refused.text('.problems'), 'dernier compte d’administration')
    t.equal(await roleOf('Ada'), 'admin')
  })

  t.test('also when two take the role from each other at once', async (t) => {
    const other = await forum.member('Olympe', 'admin')
    const answers = await Promise.all([
      admin.post('/admin/members/Olympe/role', { role: 'member' }),
      other.post('/admin/members/Ada/role', { role: 'member' }),
    ])
    t.same(answers.map(({ status }) => status).sort(), [303, 403])
    t.same([await roleOf('Ada'), await roleOf('Olympe')].sort(), ['admin', 'member'])
    await forum.database.update(members).set({ role: 'admin' }).where(eq(members.username, 'Ada'))
  })

  t.test('sees which jobs have failed, without anybody’s words, and has them tried again', async (t) => {
    await addJob(forum.database, 'index_board')
    await forum.database.execute(sql`
      update graphile_worker._private_jobs set attempts = max_attempts,
        last_error = ${'No room for zoe@example.org\nparams: secret words'}`)
    const again = await forum.member('Gérante', 'admin')
    const page = await again.get('/admin/jobs')
    t.match(page.text('.log'), /index_board.*abandonnée.*No room for …/)
    t.notMatch(page.body, /zoe@example|secret words/)
    t.equal((await again.submit(page, '.log form', {})).location, '/admin/jobs')
    t.notMatch((await again.get('/admin/jobs')).text('.log'), 'abandonnée')
  })
})

t.test('an admin sees what there is to do first, and how the forum is', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Ada', 'admin')
  t.match((await admin.get('/admin')).text('main ol'), /nom au forum à faire.*espaces à faire/s)
  await admin.post('/admin/settings', { name: 'Vu d’en bas' })
  await admin.post('/admin/boards/marseille/archive')
  t.match((await admin.get('/admin')).text('main ol'), /nom au forum fait.*espaces fait/s)
  const status = await admin.get('/admin/status')
  t.equal(status.status, 200)
  t.match(status.text('[data-figure="databaseBytes"]'), /Base de données\s*\d+ Mo/)
  const member = await forum.member('Bob')
  for (const path of ['/admin', '/admin/status', '/admin/jobs']) t.equal((await member.get(path)).status, 403, path)
})
