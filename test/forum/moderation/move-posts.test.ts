import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum, type TestForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

/** What stands in a thread: its numbers with what is said there. */
async function standingIn(forum: TestForum, thread: number) {
  const { rows } = await forum.database.execute<{ number: number; body: string }>(
    sql`select number, body from posts where thread_id = ${thread} order by number`,
  )
  return rows.map(({ number, body }) => `${number} ${body}`)
}

/** Every count that the database keeps beside what it counts is right. */
async function countsAreRight(forum: TestForum): Promise<boolean> {
  const { rows } = await forum.database.execute(sql`
    select threads.id from threads where reply_count <> (
      select count(*) from posts where thread_id = threads.id and number > 1 and deleted_at is null
    ) or last_number < (select coalesce(max(number), 0) from posts where thread_id = threads.id)
    union all
    select boards.id from boards where thread_count <> (
      select count(*) from thread_boards where board_id = boards.id)
    union all
    select id from threads where (removed_at is null) <> exists (select from thread_boards where thread_id = threads.id)
    union all
    select search_rows.id from search_rows join posts on posts.id = search_rows.id
    where search_rows.thread_id <> posts.thread_id`)
  return rows.length === 0
}

t.test('moving posts', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const mira = await forum.member('Mira', 'moderator')
  const say = (thread: number, body: string, fields = {}) =>
    karim.post(`/threads/${thread}/replies`, { body, ...fields })
  const idAt = async (thread: number, number: number) => {
    const { rows } = await forum.database.execute<{ id: number }>(
      sql`select id from posts where thread_id = ${thread} and number = ${number}`,
    )
    return rows[0]?.id ?? 0
  }

  t.test('into a thread of their own: old addresses lead to them, and moving them back undoes it', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { title: 'Le sujet de départ', boards: ['nice', 'drones'] })
    await say(thread.id, 'Deux, au sujet')
    await say(thread.id, 'Trois, à côté')
    await say(thread.id, 'Quatre, à côté', { reply_to: '3' })
    await say(thread.id, 'Cinq, au sujet', { reply_to: '4' })
    const page = await mira.get(`/posts/${await idAt(thread.id, 3)}/move`)
    t.same(page.fields('form.sheet').numbers, ['3'])
    const none = await mira.submit(page, 'form.sheet', { numbers: [], title: 'Le sujet d’à côté' })
    t.equal(none.status, 422)
    t.equal(none.text('#numbers-problem'), 'Cocher au moins une case.')
    t.notOk(none.fields('form.sheet').numbers, 'no box is ticked again')
    const sent = await mira.submit(page, 'form.sheet', {
      numbers: ['3', '4'],
      title: 'Le sujet d’à côté',
      reason: 'Tri',
    })
    t.equal(sent.status, 303)
    const moved = await mira.follow(sent.location ?? '')
    t.equal(moved.text('h1'), 'Le sujet d’à côté')
    t.same(moved.texts('.post .number'), ['1', '2'])
    t.match(moved.text('#post-2 .answered'), /1/, 'what it answered has come along')
    const made = Number(/\/threads\/(\d+)/.exec(sent.location ?? '')?.[1])
    t.same(await standingIn(forum, made), ['1 Trois, à côté', '2 Quatre, à côté'])
    t.ok(await countsAreRight(forum))
    const old = await zoe.get(`/threads/${thread.id}/${thread.slug}`)
    t.same(old.texts('.post .number'), ['1', '2', '3', '4', '5'])
    t.match(old.text('#post-3'), /déplacé/)
    t.equal((await zoe.get(`/threads/${thread.id}/posts/4`)).location, `/threads/${made}/posts/2`)
    t.equal((await zoe.get(`/threads/${thread.id}/posts/3/whole`)).location, `/threads/${made}/posts/1/whole`)
    t.match((await karim.get('/notifications')).text('main'), /déplacé de vos messages.*Tri/)
    t.same((await forum.passerBy().get('/cities/nice')).texts('.thread h3'), [
      'Le sujet de départ',
      'Le sujet d’à côté',
    ])
    t.same((await forum.passerBy().get(`/search?q=${encodeURIComponent('Trois')}`)).texts('[data-hit] h3').length, 1)

    const back = await mira.post(`/posts/${await idAt(made, 1)}/move`, { numbers: ['1', '2'], to: String(thread.id) })
    t.equal(back.location, `/threads/${thread.id}/posts/3`)
    t.same((await standingIn(forum, thread.id)).slice(1), [
      '2 Deux, au sujet',
      '3 Trois, à côté',
      '4 Quatre, à côté',
      '5 Cinq, au sujet',
    ])
    t.match((await zoe.get(`/threads/${thread.id}/${thread.slug}`)).text('#post-4 .answered'), /3/)
    t.equal((await zoe.get(`/threads/${made}/posts/2`)).location, `/threads/${thread.id}/posts/4`)
    t.equal((await zoe.get(`/threads/${made}/n-importe`)).location, `/threads/${thread.id}`)
    t.ok(await countsAreRight(forum))
  })

  t.test('a merged thread leads to the other one, whatever is asked for, and takes its replies there', async (t) => {
    const { thread: one } = await threadBy(forum, 'Zoé', { title: 'Doublon', boards: ['metz'], replies: 2 })
    const { thread: other } = await threadBy(forum, 'Zoé', { title: 'Original', boards: ['nice'], replies: 1 })
    await karim.post(`/threads/${one.id}/subscription`, { level: 'watching' })
    await karim.get(`/threads/${one.id}/${one.slug}`)
    const sent = await mira.post(`/threads/${one.id}/merge`, { into: `https://forum.example/threads/${other.id}/x` })
    t.equal(sent.location, `/threads/${other.id}/posts/3`)
    t.equal((await standingIn(forum, other.id)).length, 5)
    t.ok(await countsAreRight(forum))
    for (const [path, to] of [
      [`/threads/${one.id}`, `/threads/${other.id}`],
      [`/threads/${one.id}/${one.slug}?page=1`, `/threads/${other.id}`],
      [`/threads/${one.id}.md`, `/threads/${other.id}.md`],
      [`/threads/${one.id}.atom`, `/threads/${other.id}.atom`],
      [`/api/v1/threads/${one.id}/posts`, `/api/v1/threads/${other.id}/posts`],
    ] as const) {
      const visit = await forum.passerBy().get(path)
      t.equal(visit.status, 301, path)
      t.equal(visit.location, to)
    }
    t.equal((await forum.passerBy().get(`/threads/${one.id}/posts/2`)).location, `/threads/${other.id}/posts/4`)
    const reply = await say(one.id, 'Écrit dans l’ancien', { reply_to: '2' })
    t.match(reply.location, new RegExp(`/threads/${other.id}/.*#post-6`))
    t.same((await forum.passerBy().get('/cities/metz')).texts('.thread h3'), [])
    t.equal((await mira.post(`/threads/${one.id}/restore`)).status, 404)
    const again = await mira.post(`/threads/${other.id}/merge`, { into: String(one.id) })
    t.equal(again.status, 422, 'not into itself')
    t.match(again.text('main'), 'C’est le sujet où ils sont déjà.', 'and it is said why')
    const log = await mira.get('/moderation/log?kind=merge')
    t.match(log.text('.log [data-act]'), /Zoé/)
  })

  t.test('the first post leaves only with all others; what is not there is not moved', async (t) => {
    const { thread, id } = await threadBy(forum, 'Zoé', { replies: 2 })
    const { thread: other } = await threadBy(forum, 'Zoé')
    const move = (fields: Record<string, string | string[]>) => mira.post(`/posts/${id}/move`, fields)
    t.equal((await move({ numbers: ['1', '2'], to: String(other.id) })).status, 422)
    t.equal((await move({ numbers: ['2'], to: '99999' })).status, 422)
    t.equal((await move({ numbers: ['2'], to: String(thread.id) })).status, 422)
    t.equal((await move({ numbers: ['2'] })).status, 422)
    t.equal((await move({ numbers: ['77'], to: String(other.id) })).status, 409)
    t.equal((await zoe.post(`/posts/${id}/move`, { numbers: ['2'], to: String(other.id) })).status, 403)
    t.equal((await zoe.post(`/threads/${thread.id}/merge`, { into: String(other.id) })).status, 403)
  })

  t.test('at the same moment as hiding, showing, editing, replying and merging back and forth', async (t) => {
    const { thread: one } = await threadBy(forum, 'Zoé', { boards: ['nice', 'drones'], replies: 6 })
    const { thread: other } = await threadBy(forum, 'Zoé', { boards: ['drones', 'metz'], replies: 2 })
    const posts = await Promise.all([2, 3, 4, 5].map((number) => idAt(one.id, number)))
    for (let round = 0; round < 4; round += 1) {
      const [from, to] = round % 2 ? [other, one] : [one, other]
      const { rows } = await forum.database.execute<{ number: number }>(
        sql`select number from posts where thread_id = ${from.id} and id in (${sql.join(posts, sql`, `)})`,
      )
      const numbers = rows.map(({ number }) => String(number))
      const answers = await Promise.all([
        mira.post(`/posts/${posts[0]}/move`, { numbers, to: String(to.id) }),
        ...posts.map((id) => mira.post(`/posts/${id}/${round % 2 ? 'show' : 'hide'}`)),
        ...posts.map((id, index) => zoe.post(`/posts/${id}/edit`, { body: `Tour ${round} ${index}` })),
        say(one.id, `Un, tour ${round}`),
        say(other.id, `Deux, tour ${round}`),
        mira.post(`/threads/${from.id}/lock`),
        mira.post(`/threads/${from.id}/unlock`),
      ])
      t.notOk(
        answers.some(({ status }) => status >= 500),
        answers.map(({ status }) => status).join(' '),
      )
      t.ok(await countsAreRight(forum), `round ${round}`)
    }
    const both = await Promise.all([
      mira.post(`/threads/${one.id}/merge`, { into: String(other.id) }),
      mira.post(`/threads/${other.id}/merge`, { into: String(one.id) }),
    ])
    t.same(both.map(({ status }) => status).filter((status) => status === 303).length, 1, 'of two merges, one')
    t.ok(await countsAreRight(forum))
    const { rows } = await forum.database.execute<{ deadlocks: number }>(
      sql`select deadlocks::int from pg_stat_database where datname = current_database()`,
    )
    t.same(rows, [{ deadlocks: 0 }], 'everybody locks in the same order')
  })
})
