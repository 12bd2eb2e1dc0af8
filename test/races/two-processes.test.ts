import t from 'tap'
import { freshDatabase, startForum } from '../support/forum.ts'

t.test('guesses are counted in all processes together', async (t) => {
  const settings = {
    DATABASE_URL: await freshDatabase(),
    SECRET: 'le même secret pour l’un et pour l’autre',
    RATE_LIMITS: 'on',
  }
  const forums = [await startForum(t, settings), await startForum(t, settings)]
  const guesses = Array.from({ length: 12 }, (_, index) =>
    forums[index % 2]?.passerBy().post('/login', { username: 'Visée', password: 'au hasard, encore' }),
  )
  const statuses = (await Promise.all(guesses)).map((visit) => visit?.status)
  t.equal(statuses.filter((status) => status === 422).length, 10)
  t.equal(statuses.filter((status) => status === 429).length, 2)
})
