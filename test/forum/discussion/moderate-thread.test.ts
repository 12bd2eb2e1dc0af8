import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('keeping threads in order', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const mira = await forum.member('Mira', 'moderator')
  const titles = async (path: string) => (await forum.passerBy().get(path)).texts('.thread h3')
  const counts = async () => {
    const { rows } = await forum.database.execute<{ slug: string; thread_count: number; stood: number }>(sql`
      select slug, thread_count, (select count(*)::int from thread_boards where board_id = boards.id) as stood
      from boards where thread_count <> 0 or exists (select from thread_boards where board_id = boards.id) order by slug`)
    t.ok(
      rows.every(({ thread_count, stood }) => thread_count === stood),
      'boards are counted right',
    )
    const crossed = await forum.database.execute(sql`
      select 1 from crossings where thread_count <> (
        select count(*) from crossing_threads
        where crossing_threads.city_id = crossings.city_id and crossing_threads.technology_id = crossings.technology_id)`)
    t.same(crossed.rows, [], 'and crossings too')
    return rows.map(({ slug }) => slug)
  }

  t.test('a closed thread is read and no longer answered, but by moderators', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const path = `/threads/${thread.id}/${thread.slug}`
    await mira.submit(await mira.get(path), '.moderate form', {})
    const page = await zoe.get(path)
    t.match(page.text('.notice'), /fermé/)
    t.equal(page.texts('form#reply').length, 0)
    const refused = await zoe.post(`/threads/${thread.id}/replies`, { body: 'Encore un mot' })
    t.equal(refused.status, 403)
    t.same(refused.fields('form.compose').body, ['Encore un mot'])
    t.equal((await mira.post(`/threads/${thread.id}/replies`, { body: 'Pourquoi' })).status, 303)
    await mira.post(`/threads/${thread.id}/unlock`)
    t.equal((await zoe.post(`/threads/${thread.id}/replies`, { body: 'Merci' })).status, 303)
  })

  t.test('a removed thread is in no list and nobody’s to read, and comes back where it was', async (t) => {
    const { thread, id } = await threadBy(forum, 'Zoé', { title: 'À retirer', boards: ['metz', 'drones', 'fichiers'] })
    const path = `/threads/${thread.id}/${thread.slug}`
    await mira.post(`/threads/${thread.id}/remove`)
    await mira.post(`/threads/${thread.id}/remove`)
    for (const list of ['/', '/cities/metz', '/technologies/drones', '/cities/metz/drones', '/members/Zo%C3%A9']) {
      t.notOk((await titles(list)).includes('À retirer'), list)
    }
    const nour = await forum.member('Nour')
    for (const gone of [path, `/threads/${thread.id}/posts/1`, `/posts/${id}/history`, `/posts/${id}/edit`]) {
      t.equal((await nour.get(gone)).status, 404, gone)
    }
    t.equal((await zoe.get(`/posts/${id}/edit`)).status, 404)
    t.equal((await zoe.get(`/posts/${id}/history`)).status, 200, 'their own words stay theirs to read')
    t.equal((await zoe.post(`/threads/${thread.id}/replies`, { body: 'Ici ?' })).status, 404)
    t.match((await mira.get(path)).text('.notice'), /retiré/)
    t.notOk((await counts()).includes('metz'))
    await mira.post(`/threads/${thread.id}/restore`)
    await mira.post(`/threads/${thread.id}/restore`)
    t.same(await titles('/cities/metz/drones'), ['À retirer'])
    t.ok((await counts()).includes('metz'))
  })

  t.test('a thread can be put where it belongs', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { title: 'Mal rangé', boards: ['dijon', 'hypervision'] })
    const page = await mira.get(`/threads/${thread.id}/move`)
    t.same(page.fields('form.compose').boards, ['dijon', 'hypervision'])
    const none = await mira.submit(page, 'form.compose', { boards: [] })
    t.equal(none.status, 422)
    t.match(none.text('#boards-problem'), /au moins un/)
    await mira.submit(page, 'form.compose', { boards: ['angers', 'istres', 'hypervision'] })
    t.same(await titles('/cities/dijon'), [])
    t.same(await titles('/cities/dijon/hypervision'), [])
    t.same(await titles('/cities/istres/hypervision'), ['Mal rangé'])
    const read = await zoe.follow(`/threads/${thread.id}`)
    t.same(read.texts('.head .boards li'), ['Angers', 'Istres', 'Hypervision et safe city'])
    await counts()
  })

  t.test('is for moderators', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    t.equal((await zoe.follow(`/threads/${thread.id}`)).texts('.moderate').length, 0)
    for (const verb of ['lock', 'unlock', 'move', 'remove', 'restore']) {
      t.equal((await zoe.post(`/threads/${thread.id}/${verb}`, { boards: ['nice'] })).status, 403, verb)
      t.equal((await forum.passerBy().post(`/threads/${thread.id}/${verb}`)).status, 401, verb)
      t.equal((await mira.post(`/threads/999/${verb}`, { boards: ['nice'] })).status, 404, verb)
    }
  })
})
