import { sql } from 'drizzle-orm'
import t from 'tap'
import { jobs } from '../../../src/compose.ts'
import { beginIndexing, indexOldPosts } from '../../../src/forum/search/index-old-posts.ts'
import { runJobs } from '../../../src/platform/jobs/jobs.ts'
import { startForum, type TestForum } from '../../support/forum.ts'
import type { Person } from '../../support/person.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

/** Posts that may be found and have no row, and rows of what may not: what `doctor` will ask. */
const STRAYS = sql`
  select posts.id, 'no row' as wrong
  from posts join threads on threads.id = posts.thread_id
  where posts.deleted_at is null and threads.removed_at is null
    and not exists (select from search_rows where kind = 'post' and search_rows.id = posts.id)
  union all
  select search_rows.id, 'out of sight'
  from search_rows
  where kind = 'post' and not exists (
    select from posts join threads on threads.id = posts.thread_id
    where posts.id = search_rows.id and posts.deleted_at is null and threads.removed_at is null)`

const strays = async ({ database }: TestForum) => (await database.execute(STRAYS)).rows

const found = async (reader: Person, query: Record<string, string>) =>
  (await reader.get(`/search?${new URLSearchParams(query).toString()}`)).texts('li[data-hit] h3')

t.test('what is found follows what is there', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const moderator = await forum.member('Modé', 'moderator')
  const reader = forum.passerBy()
  const { thread, id } = await threadBy(forum, 'Zoé', { title: 'Le drone du port', body: 'Vu hier.', replies: 3 })
  t.same(await strays(forum), [])

  t.test('an edit, with its title', async (t) => {
    const form = await zoe.get(`/posts/${id}/edit`)
    await zoe.submit(form, 'form.compose', { title: 'Le ballon du port', body: 'Vu avant-hier.' })
    t.same(await found(reader, { q: 'ballon' }), ['Le ballon du port'])
    t.same(await found(reader, { q: 'drone' }), [])
    t.same(await found(reader, { q: 'avant-hier' }), ['Le ballon du port'])
  })

  t.test('a move', async (t) => {
    t.equal((await found(reader, { board: 'marseille', q: 'réponse' })).length, 3)
    await moderator.post(`/threads/${thread.id}/move`, { boards: ['nice'] })
    t.same(await found(reader, { board: 'marseille', q: 'réponse' }), [])
    t.equal((await found(reader, { board: 'nice', q: 'réponse' })).length, 3)
    t.same(await found(reader, { q: 'ballon nice' }), ['Le ballon du port'])
  })

  t.test('a removal, even for moderators, and what undoes it', async (t) => {
    await moderator.post(`/threads/${thread.id}/remove`)
    t.same(await found(moderator, { q: 'ballon' }), [])
    t.same(await found(reader, { q: 'réponse' }), [])
    t.same((await forum.database.execute(sql`select from search_rows`)).rows.length, 0)
    t.same(await strays(forum), [])
    await moderator.post(`/threads/${thread.id}/restore`)
    t.same(await found(reader, { q: 'ballon' }), ['Le ballon du port'])
    t.same(await strays(forum), [])
  })

  t.test('the last post that is deleted takes the thread with it, and brings it back', async (t) => {
    const alone = await threadBy(forum, 'Zoé', { title: 'Un message seul', body: 'Rien de plus.' })
    await zoe.post(`/posts/${alone.id}/delete`)
    t.same(await found(reader, { q: 'message seul' }), [])
    t.same(await strays(forum), [])
    await zoe.post(`/posts/${alone.id}/restore`)
    t.same(await found(reader, { q: 'message seul' }), ['Un message seul'])
    t.same(await strays(forum), [])
  })
})

t.test('the posts of an old forum are put into the search by jobs', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  await threadBy(forum, 'Zoé', { title: 'De longue date', replies: 130 })
  await forum.database.execute(sql`delete from search_rows`)
  t.equal((await strays(forum)).length, 131)
  await beginIndexing(forum)
  await using _running = await runJobs(forum, jobs)
  await until(async () => (await strays(forum)).length === 0)
  t.same(await found(forum.passerBy(), { q: 'longue date' }), ['De longue date'])
})

t.test('two at once leave what is true', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const moderator = await forum.member('Modé', 'moderator')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Un sujet disputé', replies: 2 })
  for (let round = 0; round < 5; round += 1) {
    await Promise.all([
      moderator.post(`/threads/${thread.id}/remove`),
      zoe.post(`/threads/${thread.id}/replies`, { body: `Entre-temps ${round}` }),
      indexOldPosts(forum, 0),
    ])
    t.same(await strays(forum), [])
    await moderator.post(`/threads/${thread.id}/restore`)
    t.same(await strays(forum), [])
  }
})

t.test('a reply is found by words of its own together with the title of its thread', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const reader = forum.passerBy()
  const { thread, id } = await threadBy(forum, 'Zoé', { title: 'Le drone du port', body: 'Vu hier.', replies: 2 })
  await zoe.post(`/threads/${thread.id}/replies`, { body: 'Le devis est arrivé.' })
  const places = async (q: string) => {
    const page = await reader.get(`/search?${new URLSearchParams({ q }).toString()}`)
    return [...page.document.querySelectorAll('li[data-hit]')].map((hit) =>
      hit.querySelector('h3 a')?.getAttribute('href'),
    )
  }
  t.match(await places('drone devis'), [/#post-4$/])
  t.equal((await places('drone devis')).length, 1)
  t.match(await places('devis drone port'), [/#post-4$/])
  // What a reply says none of, it is not found by.
  t.match(await places('drone'), [new RegExp(`^/threads/${thread.id}/[^#]*$`)])
  t.equal((await places('drone')).length, 1)

  await zoe.submit(await zoe.get(`/posts/${id}/edit`), 'form.compose', { title: 'Le ballon du port', body: 'Vu hier.' })
  await using _running = await runJobs(forum, jobs)
  const leftOut = async (q: string) => (await reader.get(`/search?${new URLSearchParams({ q })}`)).texts('.search-note')
  await until(async () => (await leftOut('ballon devis')).length === 0)
  t.match(await leftOut('drone devis'), [/drone/])
  t.match(await places('ballon devis'), [/#post-4$/])
})
