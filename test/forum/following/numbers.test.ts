import { sql } from 'drizzle-orm'
import t from 'tap'
import { readUpTo } from '../../../src/forum/following/read-up-to.ts'
import { startForum } from '../../support/forum.ts'
import type { Person } from '../../support/person.ts'
import { allSteps, explain } from '../../support/plans.ts'
import { statementsDuring } from '../../support/statements.ts'
import { idOf, threadBy } from '../../support/threads.ts'

t.test('the numbers of what is unread', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread: old } = await threadBy(forum, 'Zoé', { title: 'L’ancien', boards: ['nice'], replies: 40 })
  const karim = await forum.member('Karim')
  const reply = (person: Person, { id }: { id: number }) => person.post(`/threads/${id}/replies`, { body: 'Encore.' })
  const unread = async (person: Person, path = '/cities/nice') => {
    const { document } = await person.get(path)
    return [...document.querySelectorAll('.thread .unread')].map((link) => [
      link.textContent,
      link.getAttribute('href')?.replace(/^.*posts\//, ''),
    ])
  }

  await t.test('are of what has come since somebody joined, be it by half a millisecond', async (t) => {
    const { database } = forum
    await database.execute(sql`update posts set created_at = '2026-05-04T03:02:01.000100Z'`)
    await database.execute(sql`update threads set last_post_at = '2026-05-04T03:02:01.000100Z'`)
    await database.execute(sql`update members set created_at = '2026-05-04T03:02:01.000600Z' where username = 'Karim'`)
    t.same(await unread(karim), [])
    await reply(zoe, old)
    t.same(await unread(karim), [['1 non lu', '42']])
    const page = await karim.get(`/threads/${old.id}/${old.slug}`)
    t.match(page.document.querySelector('.head .about a[href$="#post-42"]')?.textContent, 'Premier non lu')
  })

  await t.test('and since they have declared a board read', async (t) => {
    await karim.post('/boards/nice/read')
    t.same(await unread(karim), [])
    await reply(zoe, old)
    await reply(zoe, old)
    t.same(await unread(karim), [['2 non lus', '43']])
    t.same(
      await unread(karim, '/'),
      [
        ['2 non lus', '43'],
        ['2 non lus', '43'],
      ].slice(0, (await unread(karim, '/')).length),
    )
  })

  await t.test('are never of one’s own thread and posts, nor of what is deleted', async (t) => {
    await readUpTo(forum, await idOf(forum, 'Karim'), old.id, 44)
    const { thread: own } = await threadBy(forum, 'Karim', { title: 'Le mien', boards: ['nice'], replies: 2 })
    await reply(karim, old)
    t.same(await unread(karim), [])
    await reply(zoe, old)
    await reply(zoe, own)
    t.same(await unread(karim), [
      ['1 non lu', '4'],
      ['1 non lu', '46'],
    ])
    t.equal((await karim.get('/cities/nice')).text('.head .unread'), '2 sujets non lus')
    const page = await zoe.get(`/threads/${own.id}/${own.slug}`)
    await zoe.submit(page, '#post-4 form[action$="/delete"]', {})
    t.same(await unread(karim), [['1 non lu', '46']])
    t.equal((await karim.get('/cities/nice')).text('.head .unread'), '1 sujet non lu')
  })

  await t.test('add up where posts are deleted', async (t) => {
    const page = await zoe.get(`/threads/${old.id}/${old.slug}?page=2`)
    await zoe.submit(page, '#post-30 form[action$="/delete"]', {})
    const after = await karim.get(`/threads/${old.id}/${old.slug}?page=2`)
    t.match(after.text('.head .about'), '44 réponses')
    t.match(after.text('.head .place'), 'Messages 21 à 40 sur 46, dont 1 non affiché')
  })

  await t.test('say so where they stop counting', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { title: 'Le long', boards: ['lyon'] })
    await forum.database.execute(sql`
      insert into posts (thread_id, number, author_id, body, body_html, html_version, excerpt, language)
      select ${thread.id}, n, ${await idOf(forum, 'Zoé')}, 'a', 'a', 1, 'a', 'fr' from generate_series(2, 300) as n`)
    await forum.database.execute(
      sql`update threads set last_number = 300, last_post_at = now() where id = ${thread.id}`,
    )
    await readUpTo(forum, await idOf(forum, 'Karim'), thread.id, 10)
    t.same(await unread(karim, '/cities/lyon'), [['plus de 100 non lus', '11']])
    for (let count = 0; count < 101; count += 1) await threadBy(forum, 'Zoé', { boards: ['metz'] })
    t.equal((await karim.get('/cities/metz')).text('.head .unread'), 'plus de 100 sujets non lus')
    const statements = await statementsDuring(() => karim.get('/cities/lyon'))
    const client = await forum.database.$client.connect()
    t.teardown(() => client.release())
    const [activeInBoard] = statements.filter(({ text }) => text.includes('thread_boards as places join threads'))
    if (!activeInBoard) throw new Error('It was not asked what was active in the board')
    const { plan } = await explain(client, activeInBoard, 'force_generic_plan')
    const read = allSteps(plan).reduce(
      (sum, { table, rows, removed }) => sum + (table === 'posts' ? rows + removed : 0),
      0,
    )
    t.ok(read <= 125, `${read} posts are read`)
  })
})
