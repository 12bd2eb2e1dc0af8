import { sql } from 'drizzle-orm'
import t from 'tap'
import { readUpTo } from '../../../src/forum/following/read-up-to.ts'
import { startForum } from '../../support/forum.ts'
import type { Person, Visit } from '../../support/person.ts'
import { allSteps, explain } from '../../support/plans.ts'
import { statementsDuring } from '../../support/statements.ts'
import { idOf, threadBy } from '../../support/threads.ts'

const titles = (page: Visit) => page.texts('.thread h3')

async function everyTitle(person: Person, path: string): Promise<string[]> {
  const page = await person.get(path)
  const older = page.document.querySelector('a[rel=next]')?.getAttribute('href')
  return [...titles(page), ...(older ? await everyTitle(person, older) : [])]
}

t.test('the latest threads of the whole forum', async (t) => {
  const forum = await startForum(t)
  const reader = forum.passerBy()
  t.match((await reader.get('/threads')).text('.empty'), 'Aucun sujet pour l’instant')
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  await forum.database.execute(sql`update members set created_at = now() - interval '3 years'`)
  const names = Array.from({ length: 40 }, (_, index) => `Sujet ${index + 1}`)
  for (const [index, title] of names.entries())
    await threadBy(forum, 'Zoé', { title, boards: [index % 2 ? 'nice' : 'lyon'] })
  const newest = names.toReversed()

  t.test('are listed for everybody, by activity or by age, page after page', async (t) => {
    const home = await reader.get('/')
    t.match(home.document.querySelector('.masthead nav a[href="/threads"]')?.textContent, 'Sujets')
    t.same(await everyTitle(reader, '/threads'), newest)
    t.equal((await reader.get('/threads')).status, 200)
    await zoe.post('/threads/5/replies', { body: 'Du nouveau.' })
    t.same(
      (await everyTitle(reader, '/threads')).slice(0, 2),
      ['Sujet 5', 'Sujet 40'],
      'a kept page is outdated by a reply',
    )
    t.same(await everyTitle(reader, '/threads?sort=new'), newest)
    t.same((await everyTitle(karim, '/threads'))[0], 'Sujet 5')
    const english = await forum.passerBy().get('/threads', { 'accept-language': 'en' })
    t.match(english.text('h1'), 'Latest')
  })

  t.test('that have something unread are listed for a member, wherever they are', async (t) => {
    t.same((await everyTitle(karim, '/threads?show=unread')).length, 40)
    const id = await idOf(forum, 'Karim')
    for (let thread = 1; thread <= 38; thread += 1) await readUpTo(forum, id, thread, 9)
    t.same(await everyTitle(karim, '/threads?show=unread'), ['Sujet 40', 'Sujet 39'])
    await karim.post('/threads/39/subscription', { level: 'muted' })
    t.same(await everyTitle(karim, '/threads?show=unread'), ['Sujet 40'], 'but for what they have muted')
    await readUpTo(forum, id, 40, 1)
    t.match((await karim.get('/threads?show=unread')).text('.empty'), 'Tout est lu')
    t.match((await reader.get('/threads?show=unread')).location, /^.login.next=/)
  })

  t.test('that are unread far behind hundreds of others are found', async (t) => {
    const author = await idOf(forum, 'Zoé')
    await forum.database.execute(sql`
      with made as (
        insert into threads (title, slug, author_id, last_author_id, language, board_ids, heat, created_at, last_post_at)
        select 'Ancien ' || n, 'ancien', ${author}, ${author}, 'fr', '{}', 0, now() - n * interval '1 day', now() - n * interval '1 day'
        from generate_series(1, 400) as n returning id, created_at
      ), written as (
        insert into posts (thread_id, number, author_id, body, body_html, html_version, excerpt, language, created_at)
        select id, 1, ${author}, '', '', 1, '', 'fr', created_at from made
      )
      insert into reads (member_id, thread_id, number) select ${await idOf(forum, 'Karim')}, id, 1 from made`)
    await forum.database.execute(
      sql`delete from reads where thread_id = (select id from threads where title = 'Ancien 390')`,
    )
    t.same(await everyTitle(karim, '/threads?show=unread'), ['Ancien 390'])
    const statements = await statementsDuring(async () =>
      t.match((await karim.get('/threads?show=unread')).text('.empty'), 'plus loin'),
    )
    const nora = await forum.member('Nora')
    t.match(
      (await nora.get('/threads?show=unread')).text('.empty'),
      'Tout est lu',
      'what is from before she came is not',
    )
    const client = await forum.database.$client.connect()
    t.teardown(() => client.release(true))
    await client.query('analyze')
    const [lastUnread] = statements.filter(({ text }) => text.includes(') as latest'))
    if (!lastUnread) throw new Error('It was not asked what is unread')
    const { plan } = await explain(client, lastUnread, 'force_custom_plan')
    const steps = allSteps(plan).filter(({ table }) => table === 'threads' || table === 'posts')
    const read = steps.reduce((sum, { rows, removed }) => sum + rows + removed, 0)
    t.ok(read <= 700, `${read} rows are read`)
  })

  t.test('that a member follows are listed, by place or by themselves', async (t) => {
    t.match((await karim.get('/threads?show=followed')).text('.empty'), 'Aucun sujet suivi')
    await karim.post('/boards/nice/subscription', { level: 'following' })
    await karim.post('/threads/1/subscription', { level: 'watching' })
    await karim.post('/threads/2/subscription', { level: 'muted' })
    t.same(await everyTitle(karim, '/threads?show=followed'), [
      ...newest.filter((title) => Number(title.slice(6)) % 2 === 0 && title !== 'Sujet 2'),
      'Sujet 1',
    ])
    t.match((await reader.get('/threads?show=followed')).location, /^.login.next=/)
  })

  t.test('are only those that are there to be seen', async (t) => {
    await forum.database.execute(sql`update threads set removed_at = now() where id in (1, 40)`)
    for (const path of ['/threads?sort=active', '/threads?show=followed', '/threads?sort=new&show=unread'])
      t.notMatch(await everyTitle(karim, path), /^Sujet (1|40)$/)
  })

  t.test('nonsense is refused on a page', async (t) => {
    for (const query of ['before=x', 'show=tout', 'sort=hasard'])
      t.equal((await reader.get(`/threads?${query}`)).status, 400)
  })
})
