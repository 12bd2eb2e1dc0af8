import { type SQL, sql } from 'drizzle-orm'
import t from 'tap'
import { deepChecks } from '../../../src/forum/administration/deep-checks.ts'
import { markUseful } from '../../../src/forum/discussion/mark-useful.ts'
import { archiveOf } from '../../../src/forum/exports/archive.ts'
import { startForum } from '../../support/forum.ts'
import { idOf, threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

t.test('members say of each other’s posts that they are useful, and put posts aside', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const reader = forum.passerBy()
  const { thread } = await threadBy(forum, 'Zoé', {
    title: 'Le relevé des caméras',
    body: 'Cent douze mâts.',
    replies: 21,
  })
  const path = `/threads/${thread.id}/${thread.slug}`
  const idOfPost = async (number: number) =>
    Number(
      (await reader.get(`${path}?page=${number > 20 ? 2 : 1}`)).document
        .querySelector(`#post-${number}`)
        ?.getAttribute('data-id'),
    )
  const opening = await idOfPost(1)
  const counted = async () => (await reader.get(path)).text('#post-1 .useful')
  const useful = (person: typeof zoe, value: string) => person.post(`/posts/${opening}/useful`, { useful: value })
  const asMember = { id: await idOf(forum, 'Karim'), role: 'member' as const }

  await t.test('one mark each, however often it is sent; pressed again, it is gone', async (t) => {
    t.equal(await counted(), '')
    const page = await karim.get(path)
    const sent = await karim.submit(page, '#post-1 [data-useful]', {})
    t.equal(sent.location, `${path}#post-1`)
    await useful(karim, 'yes')
    t.equal(await counted(), 'utile à 1 personne', 'kept pages say so at once')
    const again = await karim.get(path)
    t.equal(again.document.querySelector('#post-1 [data-useful] button')?.getAttribute('aria-pressed'), 'true')
    await karim.submit(again, '#post-1 [data-useful]', {})
    t.equal(await counted(), '')
    await Promise.all(
      Array.from({ length: 8 }, () => markUseful(forum, { post: opening, member: asMember, useful: true })),
    )
    t.equal(await counted(), 'utile à 1 personne', 'eight at once are one')
  })

  await t.test('not one’s own, nor what is out of sight, nor without an account', async (t) => {
    t.equal((await zoe.get(path)).document.querySelector('#post-1 [data-useful]'), null)
    t.equal((await useful(zoe, 'yes')).status, 403)
    const other = await idOfPost(2)
    await zoe.post(`/posts/${other}/delete`)
    t.equal((await karim.post(`/posts/${other}/useful`, { useful: 'yes' })).status, 404)
    t.equal((await karim.post(`/posts/${other}/bookmark`, { keep: 'yes' })).status, 404)
    t.equal((await useful(reader, 'yes')).status, 401)
    t.equal((await useful(karim, 'perhaps')).status, 422)
  })

  await t.test('nor by who was banned, nor of what was deleted, while it was under way', async (t) => {
    const meanwhile = async (change: SQL, id: number) => {
      const marking = { post: id, member: asMember, useful: true }
      const refused = await forum.database.transaction(async (transaction) => {
        await transaction.execute(change)
        const outcome = markUseful(forum, marking).then(
          () => 200,
          (error) => error.status,
        )
        await until(async () => {
          const { rows } = await forum.database.execute(
            sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          )
          return rows.length > 0
        })
        return { outcome }
      })
      return refused.outcome
    }
    const other = await idOfPost(3)
    t.equal(await meanwhile(sql`update posts set deleted_at = now() where id = ${other}`, other), 404)
    t.equal(await meanwhile(sql`update members set banned_at = now() where id = ${asMember.id}`, opening), 403)
    await forum.database.execute(sql`update members set banned_at = null where id = ${asMember.id}`)
    await forum.database.execute(sql`update posts set deleted_at = null where id = ${other}`)
  })

  await t.test('a post put aside keeps its note, its place, and its silence', async (t) => {
    t.match((await karim.get('/bookmarks')).text('.empty'), 'Rien n’est mis de côté')
    const last = await idOfPost(22)
    for (const id of [opening, last]) await karim.post(`/posts/${id}/bookmark`, { keep: 'yes' })
    const page = await karim.get('/bookmarks')
    t.same(page.texts('.bookmarks h2'), ['Le relevé des caméras', 'Le relevé des caméras'])
    t.equal(page.document.querySelector('.bookmarks h2 a')?.getAttribute('href'), `${path}?page=2#post-22`)
    await karim.submit(page, '.bookmarks li:last-child form', { note: 'pour la demande CADA', keep: 'yes' })
    await karim.post(`/posts/${opening}/bookmark`, { keep: 'yes' })
    const noted = await karim.get('/bookmarks')
    t.same(
      noted.fields('.bookmarks li:last-child form').note,
      ['pour la demande CADA'],
      'to press again changes no note',
    )
    t.match((await karim.get(path)).text('#post-1 .more'), 'Retirer le marque-page')
    t.equal((await zoe.get('/bookmarks')).texts('.bookmarks li').length, 0, 'nobody else’s')
    t.equal((await reader.get('/bookmarks')).status, 303)
    await zoe.post(`/posts/${opening}/delete`)
    const gone = await karim.get('/bookmarks')
    t.match(gone.text('.bookmarks li:last-child'), 'Ce message ne se lit plus')
    t.match(gone.text('.bookmarks li:last-child'), 'pour la demande CADA')
    t.notMatch(gone.body, 'Cent douze')
    await zoe.post(`/posts/${opening}/restore`)
    await karim.post(`/posts/${last}/bookmark`, { keep: 'no' })
    t.equal((await karim.get('/bookmarks')).texts('.bookmarks li').length, 1)
  })

  await t.test('they go along in the archive, and with the member', async (t) => {
    const marks = (await archiveOf(forum, asMember.id)).find(({ name }) => name === 'marks.json')
    const text = (await Array.fromAsync(marks?.text() ?? [])).join('')
    t.match(JSON.parse(text), { bookmarks: [{ number: 1, note: 'pour la demande CADA' }], useful: [{ number: 1 }] })
    await forum.database.transaction(async (transaction) => {
      for (const step of forum.steps.memberErased) await step(transaction, { memberId: asMember.id, username: 'Karim' })
    })
    const { rows } = await forum.database.execute(sql`
      select (select count(*)::int from useful_marks) as useful, (select count(*)::int from bookmarks) as aside,
        (select sum(useful_count)::int from posts) as counted`)
    t.same(rows, [{ useful: 0, aside: 0, counted: 0 }])
  })

  await t.test('a count that is wrong is found and mended', async (t) => {
    await forum.database.execute(sql`update posts set useful_count = 7 where id = ${opening}`)
    t.match(await deepChecks(forum.database, true), [
      { kind: 'mended', says: /1 posts with a wrong number of members/ },
    ])
    t.match(await deepChecks(forum.database, false), [{ kind: 'fine' }])
  })
})
