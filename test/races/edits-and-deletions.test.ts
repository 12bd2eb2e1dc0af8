import { sql } from 'drizzle-orm'
import t from 'tap'
import { atOnce } from '../support/at-once.ts'
import { startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'
import { until } from '../support/until.ts'

t.test('two at once', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const statusesOf = (answers: PromiseSettledResult<{ status: number }>[]) =>
    answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.status : answer.reason))

  t.test('the same words saved again and again are saved once, and nobody is told otherwise', async (t) => {
    const { id } = await threadBy(forum, 'Zoé', { body: 'Départ' })
    const body = '**mot** et mot.\n\n'.repeat(1_000)
    const answers = await atOnce(6, () => zoe.post(`/posts/${id}/edit`, { body, version: '0' }))
    t.same(statusesOf(answers), Array(6).fill(303))
    const { rows } = await forum.database.execute(sql`select edit_count from posts where id = ${id}`)
    t.same(rows, [{ edit_count: 1 }])
  })

  t.test('a reply and the deletion of the only post leave a thread that is right', async (t) => {
    for (let round = 0; round < 8; round += 1) {
      const { thread, id } = await threadBy(forum, 'Zoé', { boards: ['metz', 'drones'] })
      const act = [
        () => zoe.post(`/posts/${id}/delete`),
        () => karim.post(`/threads/${thread.id}/replies`, { body: 'Une réponse' }),
      ]
      await atOnce(2, (index) => (act[index] ?? (() => zoe.get('/')))())
      const { rows } = await forum.database.execute<{ standing: number; removed: boolean; listed: number }>(sql`
        select removed_at is not null as removed,
          (select count(*)::int from posts where thread_id = threads.id and deleted_at is null) as standing,
          (select count(*)::int from thread_boards where thread_id = threads.id) as listed
        from threads where id = ${thread.id}`)
      const [found] = rows
      t.same(found, { standing: found?.standing, removed: found?.standing === 0, listed: found?.standing ? 2 : 0 })
    }
    const counted = await forum.database.execute(sql`
      select slug from boards where thread_count <> (select count(*) from thread_boards where board_id = boards.id)`)
    t.same(counted.rows, [])
  })

  t.test('an edit during a move is told in the boards of after the move', async (t) => {
    const { thread, id } = await threadBy(forum, 'Zoé', { boards: ['nice'] })
    const told: number[][] = []
    forum.bus.listen((event) => {
      if (event.type === 'edited' && event.thread === thread.id) told.push(event.boards)
    })
    const edited = await forum.database.transaction(async (transaction) => {
      await transaction.execute(sql`update threads set board_ids = array[7] where id = ${thread.id}`)
      const editing = zoe.post(`/posts/${id}/edit`, { body: 'Pendant ce temps' })
      await until(
        async () => (await forum.database.execute(sql`select from pg_locks where not granted`)).rows.length > 0,
      )
      return { editing }
    })
    t.equal((await edited.editing).status, 303)
    t.same(told, [[7]])
  })

  t.test('a post that a moderator takes away while its author shows it again stays away', async (t) => {
    const { id } = await threadBy(forum, 'Zoé', {})
    const deletedBy = (name: string) => sql`
      update posts set deleted_at = now(), deleted_by = (select id from members where username = ${name})
      where id = ${id}`
    await forum.database.execute(deletedBy('Zoé'))
    const held = await forum.database.transaction(async (transaction) => {
      await transaction.execute(deletedBy('Karim'))
      const restoring = zoe.post(`/posts/${id}/restore`)
      const waits = async () =>
        (await forum.database.execute(sql`select from pg_locks where not granted`)).rows.length > 0
      while (!(await waits()));
      return { restoring }
    })
    await held.restoring
    const { rows } = await forum.database.execute(
      sql`select deleted_at is not null as gone from posts where id = ${id}`,
    )
    t.same(rows, [{ gone: true }])
  })
})
