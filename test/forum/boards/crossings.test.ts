import t from 'tap'
import { boardCatalogue } from '../../../src/forum/boards/catalogue.ts'
import { openCrossings } from '../../../src/forum/boards/crossings.ts'
import { everyCrossing } from '../../../src/forum/boards/queries.ts'
import { startForum } from '../../support/forum.ts'
import { serve } from '../../support/served.ts'
import { threadBy } from '../../support/threads.ts'

t.test('every process knows the crossings as they are', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const mira = await forum.member('Mira', 'moderator')
  const catalogue = await boardCatalogue(forum)
  const [metz, drones] = [catalogue.withSlug('metz')?.id ?? 0, catalogue.withSlug('drones')?.id ?? 0]
  const crossingsNow = openCrossings(forum)
  const crossing = async () => (await crossingsNow()).between(metz, drones)
  const stored = async () => (await everyCrossing(forum.database)).find((one) => one.cityId === metz)

  t.equal((await crossing())?.threadCount ?? 0, 0)
  const { thread } = await threadBy(forum, 'Zoé', { boards: ['metz', 'drones'] })
  const begun = await crossing()
  t.equal(begun?.threadCount, 1)
  t.ok((await crossingsNow()).of(metz).some(({ technologyId }) => technologyId === drones))

  t.test('when somebody replies, here or elsewhere', async (t) => {
    const other = await serve(t, { DATABASE_URL: forum.config.databaseUrl ?? '', WORKER: 'off' })
    const there = other.passerBy()
    await there.post('/login', { username: 'Zoé', password: 'quatre mots sans rapport' })
    const newest = async () => Number((await crossing())?.activeAt)
    const before = await newest()
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Ici' })
    const here = await newest()
    t.ok(here > before)
    t.ok(here >= Number((await stored())?.activeAt))
    const { promise: heard, resolve } = Promise.withResolvers<void>()
    t.teardown(forum.bus.listen(({ type }) => type === 'post' && resolve()))
    await there.post(`/threads/${thread.id}/replies`, { body: 'Ailleurs' })
    await heard
    t.ok((await newest()) > here)
    t.equal((await crossing())?.threadCount, 1)
  })

  t.test('and when a thread goes', async (t) => {
    await mira.post(`/threads/${thread.id}/remove`)
    t.equal((await crossing())?.threadCount, 0)
    t.equal((await crossing())?.activeAt, null, 'what was heard of it is forgotten')
    t.same((await stored())?.activeAt, null)
  })
})
