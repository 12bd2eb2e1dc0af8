import { createHash } from 'node:crypto'
import t from 'tap'
import { deepChecks } from '../../src/forum/administration/deep-checks.ts'
import type { Forum } from '../../src/forum/forum.ts'
import { fillWithDemo } from '../support/demo.ts'
import { startForum } from '../support/forum.ts'
import { largestPages } from '../support/largest-pages.ts'

const SIZE = { posts: 2_000, threads: 100, members: 20 }
/** A password is stored with a salt of its own. */
const TABLES = {
  members: 'id, username, username_key, created_at',
  threads: '*',
  posts: '*',
  post_versions: '*',
  thread_boards: '*',
  crossing_threads: '*',
  crossings: '*',
}

const forum = await filled(t, 1)

t.test('a demo forum is the same for the same seed, and another for another', async (t) => {
  const one = await contentsOf(forum)
  t.same(await contentsOf(await filled(t, 1)), one)
  const other = await contentsOf(await filled(t, 2))
  for (const table of ['members', 'threads', 'posts']) t.not(one[table], other[table], table)
})

t.test('a demo forum is like one that people have written', async (t) => {
  await t.test('all that must be so of it is so: search finds each post', async (t) => {
    t.match(await deepChecks(forum.database, false), [{ kind: 'fine' }])
  })
  await t.test('its counts are those of a recount', async (t) => {
    t.same(
      await rowsOf(
        forum,
        `select threads.id from threads join lateral (
           select max(number) as last, count(*) filter (where number > 1 and deleted_at is null) as replies,
                  max(created_at) as at, (array_agg(author_id order by number desc) filter (where number = 1 or deleted_at is null))[1] as author
           from posts where thread_id = threads.id
         ) as counted on true
         where (last_number, reply_count, last_post_at, last_author_id) is distinct from (last, replies, at, author)`,
      ),
      [],
      'threads',
    )
    t.same(
      await rowsOf(
        forum,
        `select id from boards where thread_count <> (select count(*) from thread_boards where board_id = boards.id)`,
      ),
      [],
      'boards',
    )
    t.same(
      await rowsOf(
        forum,
        `select city_id from crossings where thread_count <> (
           select count(*) from crossing_threads
           where crossing_threads.city_id = crossings.city_id and crossing_threads.technology_id = crossings.technology_id
         )`,
      ),
      [],
      'crossings',
    )
    t.same(
      await rowsOf(
        forum,
        `select threads.id from threads join thread_boards on thread_id = threads.id
         where active_at <> last_post_at or not board_id = any (board_ids)`,
      ),
      [],
      'places',
    )
  })

  await t.test('numbers begin at 1, have no gap, and follow time', async (t) => {
    const wrong = await rowsOf(
      forum,
      `select id from (
         select id, number, row_number() over (partition by thread_id order by created_at, number) as place from posts
       ) as placed where number <> place`,
    )
    t.same(wrong, [])
    t.same(await rowsOf(forum, 'select id from posts where reply_to >= number'), [], 'answers are to earlier posts')
  })

  await t.test('a few threads are endless and most are short', async (t) => {
    const [sizes] = await rowsOf(
      forum,
      `select max(last_number) as largest, percentile_disc(0.5) within group (order by last_number) as middle from threads`,
    )
    t.ok(Number(sizes?.largest) >= SIZE.posts / 20, 'a twentieth of everything is said in one')
    t.ok(Number(sizes?.middle) < SIZE.posts / SIZE.threads, 'the median is below the mean')
  })

  await t.test('it is not filled again, in case it is a real one', async (t) => {
    await t.rejects(fillWithDemo(forum, SIZE), { message: /--force/ })
  })

  await t.test('every page opens', async (t) => {
    const moderator = await forum.member('Zoé', 'moderator')
    for (const path of Object.values(await largestPages(forum.database.$client))) {
      t.equal((await moderator.get(path)).status, 200, path)
    }
    const threads = await rowsOf(forum, 'select id, slug, last_number from threads order by last_number desc limit 25')
    for (const { id, slug, last_number: last } of threads) {
      const visit = await forum.passerBy().get(`/threads/${id}/${slug}?page=${Math.ceil(Number(last) / 20)}`)
      t.equal(visit.status, 200)
      t.ok(visit.document.querySelector(`#post-${last}`), `the last post of thread ${id}`)
    }
  })
})

async function filled(t: Parameters<typeof startForum>[0], seed: number) {
  const forum = await startForum(t)
  await fillWithDemo(forum, { ...SIZE, seed })
  return forum
}

async function rowsOf({ database }: Forum, text: string): Promise<Record<string, unknown>[]> {
  return (await database.$client.query(text)).rows
}

/** What all rows of a table come to. */
async function contentsOf(forum: Forum): Promise<Record<string, string>> {
  const contents: Record<string, string> = {}
  for (const [table, columns] of Object.entries(TABLES)) {
    const rows = await rowsOf(
      forum,
      `select row_to_json(one)::text as line from (select ${columns} from ${table}) as one`,
    )
    const lines = rows.map(({ line }) => String(line)).sort()
    contents[table] = createHash('sha256').update(lines.join('\n')).digest('hex')
  }
  return contents
}
