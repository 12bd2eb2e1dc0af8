import t from 'tap'
import { tagAuthority } from '../../src/forum/feeds/tag-authority.ts'
import { freshDatabase, startForum } from '../support/forum.ts'

t.test('two processes that give the first ids at once give them in one name', async (t) => {
  const DATABASE_URL = await freshDatabase()
  const processes = [await startForum(t, { DATABASE_URL }), await startForum(t, { DATABASE_URL })]
  const names = await Promise.all([...processes, ...processes].map(tagAuthority))
  for (const name of names) t.same(name, names[0])
})
