import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { follow } from '../../support/live-window.ts'
import type { Person } from '../../support/person.ts'
import { allSteps, explain } from '../../support/plans.ts'
import { statementsDuring } from '../../support/statements.ts'
import { idOf, threadBy } from '../../support/threads.ts'

t.test('what is unread', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  await threadBy(forum, 'Zoé', { title: 'D’avant', boards: ['paris'] })
  const karim = await forum.member('Karim')

  /** What Karim has read is remembered when the answer has gone: looked at until it is there. */
  async function remembered(thread: number, number: number): Promise<void> {
    const { rows } = await forum.database.execute(sql`
      select number from reads where thread_id = ${thread} and member_id = ${await idOf(forum, 'Karim')}`)
    if (rows[0]?.number !== number) await remembered(thread, number)
  }
  const unread = async (reader: Person, path: string) => (await reader.get(path)).texts('.thread .unread')

  t.test('what was there before somebody joined is not', async (t) => {
    t.same(await unread(karim, '/cities/paris'), [])
  })

  t.test('is counted on boards and on the home page, and leads to where it begins', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { title: 'À suivre', boards: ['lyon'], replies: 1 })
    t.same(await unread(karim, '/cities/lyon'), ['2 non lus'])
    await karim.get(`/threads/${thread.id}/${thread.slug}`)
    await remembered(thread.id, 2)
    t.same(await unread(karim, '/cities/lyon'), [])
    for (const body of ['Un', 'Deux', 'Trois']) await zoe.post(`/threads/${thread.id}/replies`, { body })
    t.same(await unread(karim, '/cities/lyon'), ['3 non lus'])
    const home = await karim.get('/')
    const link = home.document.querySelector('.thread .unread')
    t.equal(link?.textContent, '3 non lus')
    t.equal(link?.getAttribute('href'), `/threads/${thread.id}/posts/3`)
    const page = await karim.get(`/threads/${thread.id}/${thread.slug}`)
    t.match(page.text('.head .about'), 'Premier non lu')
    t.same(await unread(forum.passerBy(), '/cities/lyon'), [], 'and says nothing to people without an account')
  })

  t.test('one page seen is one page read', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { boards: ['nantes'], replies: 44 })
    await karim.get(`/threads/${thread.id}/${thread.slug}`)
    await remembered(thread.id, 20)
    t.same(await unread(karim, '/cities/nantes'), ['25 non lus'])
    await karim.get(`/threads/${thread.id}/${thread.slug}?page=3`)
    await remembered(thread.id, 45)
    await karim.get(`/threads/${thread.id}/${thread.slug}`)
    t.same(await unread(karim, '/cities/nantes'), [], 'going back unreads nothing')
  })

  t.test('where a script tells how far one has come, a page that is merely open does not count', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { boards: ['rennes'], replies: 9 })
    karim.setCookie('script', 'on')
    await karim.get(`/threads/${thread.id}/${thread.slug}`)
    const window = await follow(t, forum.origin, { thread: thread.id, after: 10, person: karim })
    for (const number of [2, 4, 3]) window.say({ type: 'read', number })
    await remembered(thread.id, 4)
    t.same(await unread(karim, '/cities/rennes'), ['6 non lus'])
    karim.setCookie('script', 'off')
  })

  t.test('a window without a live channel tells it by a form, for its member alone', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { boards: ['dijon'], replies: 9 })
    t.equal((await karim.post(`/threads/${thread.id}/read`, { number: '7' })).status, 204)
    t.same(await unread(karim, '/cities/dijon'), ['3 non lus'])
    t.equal((await karim.post(`/threads/${thread.id}/read`, { number: '0' })).status, 422)
    t.equal((await forum.passerBy().post(`/threads/${thread.id}/read`, { number: '7' })).status, 401)
  })

  t.test('nobody reads beyond the end, and nonsense is not heard', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { boards: ['metz'] })
    const window = await follow(t, forum.origin, { thread: thread.id, after: 1, person: karim })
    window.socket.send('pas du JSON')
    window.say({ type: 'read', number: 'beaucoup' })
    window.say({ type: 'read', number: 1_000_000 })
    await remembered(thread.id, 1)
    t.equal(window.closed, null)
    window.socket.send('x'.repeat(1_000))
    await window.until(() => window.closed !== null)
    t.equal(window.closed, 1009, 'and too much of it ends the window')
  })

  t.test('a whole board can be declared read', async (t) => {
    for (let count = 0; count < 3; count += 1) await threadBy(forum, 'Zoé', { boards: ['angers', 'drones'] })
    const board = await karim.get('/cities/angers')
    t.match(board.text('.head .unread'), '3 sujets non lus')
    const sent = await karim.submit(board, '.head form[action$="/read"]', {})
    t.equal(sent.location, '/cities/angers')
    const after = await karim.get('/cities/angers')
    t.equal(after.text('.head .unread'), '')
    t.same(await unread(karim, '/technologies/drones'), [])
    await zoe.post('/threads/1/replies', { body: 'Ailleurs' })
    t.equal((await karim.post('/boards/nulle-part/read')).status, 404)
    t.equal((await forum.passerBy().post('/boards/angers/read')).status, 401)
  })

  t.test('what has not moved since then is not looked at again', async (t) => {
    for (let count = 0; count < 3; count += 1) await threadBy(forum, 'Zoé', { boards: ['lyon'] })
    const client = await forum.database.$client.connect()
    t.teardown(() => client.release())
    const lookedAt = async () => {
      const statements = await statementsDuring(() => karim.get('/cities/lyon'))
      const [reader] = statements.filter(({ text }) => text.includes('select level, unread'))
      if (!reader) throw new Error('It was not asked what is unread')
      const { plan } = await explain(client, reader, 'force_generic_plan')
      return allSteps(plan)
        .filter(({ table }) => table === 'threads')
        .reduce((sum, { rows, removed }) => sum + rows + removed, 0)
    }

    t.ok((await lookedAt()) >= 3)
    await karim.post('/boards/lyon/read')
    t.equal(await lookedAt(), 0)
  })
})
