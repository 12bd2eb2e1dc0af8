import { sql } from 'drizzle-orm'
import t from 'tap'
import { beginRendering, renderOldPosts } from '../../../src/forum/discussion/render-old-posts.ts'
import { HTML_VERSION } from '../../../src/platform/text/markdown/markdown.ts'
import { startForum, type TestForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

const AS_BEFORE = '<p>comme avant</p>'

/** Makes posts look as a renderer of former days left them. */
const age = ({ database }: TestForum, body: string, number: number) =>
  database.execute(
    sql`update posts set body = ${body}, body_html = ${AS_BEFORE}, html_version = 0 where number = ${number}`,
  )

async function htmlOf({ database }: TestForum, number: number) {
  const { rows } = await database.execute(
    sql`select body_html as html, html_version as version from posts where number = ${number}`,
  )
  return rows[0]
}

/** Where the batches that are still to come begin, each after a post. */
async function waiting({ database }: TestForum): Promise<unknown[]> {
  const { rows } = await database.execute(
    sql`select payload from graphile_worker._private_jobs as jobs
        join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
        where identifier = 'render_old_posts' order by jobs.id`,
  )
  return rows.map(({ payload }) => payload)
}

t.test('posts of an older renderer are rendered again', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  await beginRendering(forum)
  t.same(await waiting(forum), [], 'a new forum has none')
  const first = await threadBy(forum, 'Zoé', { replies: 2 })
  await age(forum, 'Du *neuf*, au #2', 1)
  await age(forum, '>'.repeat(20_000), 2)
  const untouched = await htmlOf(forum, 3)
  const read = async () => (await forum.passerBy().get(`/threads/${first.thread.id}/${first.thread.slug}`)).body
  t.match(await read(), AS_BEFORE)

  await forum.database.execute(sql`delete from html_versions`)
  await beginRendering(forum)
  await beginRendering(forum)
  t.same(await waiting(forum), [{}], 'the first process after an update begins, and no other')
  await renderOldPosts(forum, 0)
  t.match(await htmlOf(forum, 1), { html: /<em>neuf<\/em>.*\/threads\/\d+\/posts\/2/, version: HTML_VERSION })
  t.same(
    await htmlOf(forum, 2),
    { html: AS_BEFORE, version: HTML_VERSION },
    'what is refused today stays as it was shown',
  )
  t.same(await htmlOf(forum, 3), untouched)
  t.match(await read(), '<em>neuf</em>', 'and readers see them')
  t.same(await waiting(forum), [{}, { after: first.id + 2 }], 'the next batch is a job of its own')

  await renderOldPosts(forum, first.id + 2)
  t.equal((await waiting(forum)).length, 2, 'after the last post there is no more to do')
})

t.test('a chain that failed too often goes on where it had come to', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { id } = await threadBy(forum, 'Zoé', { replies: 2 })
  const { database } = forum
  await database.execute(sql`delete from html_versions`)
  await beginRendering(forum)
  await renderOldPosts(forum, 0)
  t.same(await waiting(forum), [{}, { after: id + 2 }])
  await beginRendering(forum)
  t.equal((await waiting(forum)).length, 2, 'while a batch waits, none is added')
  await database.execute(sql`update graphile_worker._private_jobs set attempts = max_attempts`)
  await beginRendering(forum)
  t.same((await waiting(forum)).at(-1), { after: id + 2 })
  t.equal((await waiting(forum)).length, 3)
  await renderOldPosts(forum, id + 2)
  await database.execute(sql`update graphile_worker._private_jobs set attempts = max_attempts`)
  await beginRendering(forum)
  t.equal((await waiting(forum)).length, 3, 'and once it is done, it is done')
})
