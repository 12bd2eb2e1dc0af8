import { sql } from 'drizzle-orm'
import t from 'tap'
import { usernameKey } from '../../../src/forum/members/username-key.ts'
import { members } from '../../../src/schema/members.ts'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('nobody changes or looks without end', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const zoe = await forum.member('Zoé')
  const { thread, id } = await threadBy(forum, 'Zoé', { replies: 1 })

  t.test('edits', async (t) => {
    for (let edit = 1; edit <= 30; edit += 1) {
      t.equal((await zoe.post(`/posts/${id}/edit`, { body: `Version ${edit}` })).status, 303)
    }
    const refused = await zoe.post(`/posts/${id}/edit`, { body: 'Une de trop' })
    t.equal(refused.status, 429)
    t.match(refused.body, 'Une de trop', 'what was typed is still there')
  })

  t.test('looks, by the script and by the buttons of all forms together', async (t) => {
    const karim = await forum.member('Karim')
    const { id: own } = await threadBy(forum, 'Karim')
    const ways: [path: string, fields: Record<string, string>][] = [
      ['/preview', { body: 'a' }],
      ['/threads', { title: 'Un titre', body: 'a', boards: 'nice', preview: '1' }],
      [`/threads/${thread.id}/replies`, { body: 'a', preview: '1' }],
      [`/posts/${own}/edit`, { body: 'a', preview: '1' }],
    ]
    for (let look = 0; look < 120; look += 1) {
      const [path, fields] = ways[look % ways.length] ?? ['', {}]
      t.equal((await karim.post(path, fields)).status, 200)
    }
    for (const [path, fields] of ways) t.equal((await karim.post(path, fields)).status, 429, path)
    t.equal((await karim.post(`/threads/${thread.id}/replies`, { body: 'Mais répondre, oui' })).status, 303)
  })

  t.test('taking back and showing again', async (t) => {
    const answers = new Set<number>()
    for (let time = 0; time < 61; time += 1) {
      answers.add((await zoe.post(`/posts/${id}/${time % 2 ? 'restore' : 'delete'}`)).status)
    }
    t.same([...answers], [303, 429])
  })

  t.test('what a profile says', async (t) => {
    const answers = new Set<number>()
    for (let time = 0; time < 61; time += 1) answers.add((await zoe.post('/settings', { biography: `${time}` })).status)
    t.same([...answers], [303, 429])
  })
})

t.test('one member’s slow texts do not hold up another’s reply', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const karim = await forum.member('Karim')
  const mallory = await forum.member('Mallory')
  const { thread } = await threadBy(forum, 'Karim')
  const slow = 'a\n\n'.repeat(20_000)
  let answered = 0
  const looks = Array.from({ length: 4 }, async () => {
    const { status } = await mallory.post('/preview', { body: slow })
    answered += 1
    return status
  })
  for (let reply = 0; reply < 3; reply += 1) {
    t.equal((await karim.post(`/threads/${thread.id}/replies`, { body: `Réponse ${reply}` })).status, 303)
  }
  t.ok(answered < 4, 'theirs still wait, one behind the other')
  t.same(new Set(await Promise.all(looks)), new Set([200]))
})

t.test('all versions of a post together call no more than fifty people', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  // No two of these look alike.
  const letters = [...'bcdfghkpqtz']
  const crowd = letters.flatMap((one) => letters.map((other) => `foule-${one}${other}`))
  await forum.database
    .insert(members)
    .values(crowd.map((username) => ({ username, usernameKey: usernameKey(username), passwordHash: '' })))
  const { id } = await threadBy(forum, 'Zoé')
  const called = async () => {
    const { rows } = await forum.database.execute(sql`select from notifications where kind = 'mention'`)
    return rows.length
  }
  const names = (from: number, to: number) =>
    crowd
      .slice(from - 1, to)
      .map((name) => `@${name}`)
      .join(' ')
  await zoe.post(`/posts/${id}/edit`, { body: names(1, 40) })
  t.equal(await called(), 40)
  await zoe.post(`/posts/${id}/edit`, { body: names(31, 80) })
  t.equal(await called(), 50)
  await zoe.post(`/posts/${id}/edit`, { body: names(81, 120) })
  t.equal(await called(), 50)
  await zoe.post(`/posts/${id}/delete`)
  await zoe.post(`/posts/${id}/restore`)
  await zoe.post(`/posts/${id}/edit`, { body: names(51, 100) })
  t.equal(await called(), 0, 'nor does taking it back begin anew')
})
