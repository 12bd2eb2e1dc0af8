import { sql } from 'drizzle-orm'
import t from 'tap'
import { cases, notices } from '../../../src/schema/moderation.ts'
import { startForum } from '../../support/forum.ts'
import { Program } from '../../support/program.ts'
import { threadBy } from '../../support/threads.ts'

const REPORT = { reason: 'illegal', explanation: 'Article 9 du code civil.', good_faith: 'yes' }

t.test('somebody without an account reports a post, and learns what was decided and why', async (t) => {
  const forum = await startForum(t)
  await forum.member('Auteur')
  const moderator = await forum.member('Simone', 'moderator')
  const post = await threadBy(forum, 'Auteur')
  const somebody = forum.passerBy()
  t.ok((await somebody.get('/')).document.querySelector('.colophon a[href="/report"]'), 'linked in the foot')

  const form = await somebody.get('/report')
  const url = `${forum.origin}/threads/${post.thread.id}/${post.thread.slug}#post-1`
  const without = await somebody.submit(form, '#report', { url, ...REPORT, good_faith: [] })
  t.equal(without.status, 422)
  t.match(without.text('#good_faith-problem'), 'nécessaire')
  t.equal(without.fields('#report').explanation?.[0], REPORT.explanation, 'as it was typed')
  t.equal((await somebody.post('/report', { url, ...REPORT, website: 'x' })).status, 422)

  const sent = await somebody.submit(form, '#report', { url, ...REPORT, name: 'Ada', email: 'ada@example.org' })
  t.equal(sent.status, 303)
  t.match(sent.location, /^\/report\/[a-z0-9]{20}$/)
  const state = await somebody.get(sent.location ?? '')
  t.match(state.body, 'En attente de décision')
  t.match(state.body, 'noindex')
  t.equal((await somebody.get('/report/aaaaaaaaaaaaaaaaaaaa')).status, 404)
  const [stored] = await forum.database.select().from(notices)
  t.notMatch(JSON.stringify(stored), sent.location?.slice(8), 'the code is not stored')
  t.notMatch(JSON.stringify(stored), 'ada@example.org')
  t.match(await forum.database.select().from(cases), [{ postId: post.id, flagCount: 1 }])

  const path = (await moderator.get('/moderation')).document.querySelector('.cases a')?.getAttribute('href') ?? ''
  const judged = await moderator.get(path)
  t.match(judged.body, 'Article 9 du code civil.')
  t.notMatch(judged.body, 'Ada', 'moderators do not learn who it was')
  await moderator.post(path, { decision: 'hide', statement: 'Une adresse privée.' })
  const decided = await somebody.get(sent.location ?? '')
  t.match(decided.body, 'Une adresse privée.')
  const told = await new Program(forum.origin).get(`/api/v1${sent.location}`)
  t.match(told.json, { reason: REPORT.reason, decision: 'hide', statement: 'Une adresse privée.' }, 'programs too')
  t.match(decided.body, 'sans moyen automatisé')
  const { rows } = await forum.database.execute(sql`select kind, member_id from mails order by id`)
  t.same(rows, [
    { kind: 'notice', member_id: null },
    { kind: 'notice', member_id: null },
  ])
})

t.test('a notice finds its post by every address of ours, and makes a case without one otherwise', async (t) => {
  const forum = await startForum(t)
  await forum.member('Auteur')
  const post = await threadBy(forum, 'Auteur', { replies: 1 })
  const { id } = post.thread
  const { id: split } = (await threadBy(forum, 'Auteur', { replies: 1 })).thread
  const { id: merged } = (await threadBy(forum, 'Auteur')).thread
  const moderator = await forum.member('Simone', 'moderator')
  const second = (await moderator.follow(`/threads/${split}`)).document.querySelector('#post-2')
  await moderator.post(`/posts/${second?.getAttribute('data-id')}/move`, { numbers: '2', to: `${id}` })
  await moderator.post(`/threads/${merged}/merge`, { into: `${id}` })
  const somebody = forum.passerBy()
  const addresses = [
    `/posts/${post.id}`,
    `${forum.origin}/threads/${id}/x?page=1#post-2`,
    `/threads/${id}/posts/2`,
    `/threads/${id}`,
    'https://example.org/threads/1#post-1',
    'rien',
    `/threads/${id}#post-99`,
    `/threads/${split}#post-2`,
    `/threads/${merged}/x`,
  ]
  for (const url of addresses) t.equal((await somebody.post('/report', { url, ...REPORT })).status, 303, url)
  const { rows } = await forum.database.execute(sql`
    select posts.number from notices join cases on cases.id = case_id left join posts on posts.id = post_id
    order by notices.id`)
  t.same(
    rows.map(({ number }) => number),
    [1, 2, 2, 1, null, null, null, 3, 4],
    'moved ones too',
  )
})

t.test('a program that fills in what it finds, or is too quick, gets its form back', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const somebody = forum.passerBy()
  const quick = await somebody.submit(await somebody.get('/report'), '#report', { url: '/', ...REPORT })
  t.equal(quick.status, 422)
  t.match(quick.text('.problems'), 'plus vite')
  t.equal((await forum.database.select().from(notices)).length, 0)
})

t.test('the legal notice is what admins have written, or says that it is not', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Hannah', 'admin')
  t.match((await admin.get('/legal')).text('.notice'), 'réglages')
  t.match((await forum.passerBy().get('/legal')).text('.empty'), 'pas encore')
  await admin.post('/admin/settings', { legal_fr: '**Contact** : <script>alert(1)</script> la mairie' })
  const legal = await forum.passerBy().get('/legal')
  t.equal(legal.text('.prose strong'), 'Contact')
  t.equal(legal.document.querySelector('.prose script'), null)
})
