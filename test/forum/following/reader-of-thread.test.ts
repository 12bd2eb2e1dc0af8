import t from 'tap'
import { openReaders } from '../../../src/forum/following/reader-of-thread.ts'
import { startForum } from '../../support/forum.ts'
import { idOf, threadBy } from '../../support/threads.ts'

t.test('who asks for a thread that there is not spoils nobody else’s page', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const bob = await forum.member('Bob')
  const { thread } = await threadBy(forum, 'Bob', { title: 'Le pont' })
  await zoe.post(`/threads/${thread.id}/subscription`, { level: 'watching' })
  const zoeId = await idOf(forum, 'Zoé')
  const bobId = await idOf(forum, 'Bob')
  const readerOf = openReaders(forum.database)
  const [reader, nothing] = await Promise.all([
    readerOf({ thread: thread.id, page: 1, member: zoeId }),
    readerOf({ thread: 16_384, page: 1, member: bobId }),
  ])
  t.match([reader, nothing], [{ level: 'watching' }, { level: null, unread: null, readNumber: null }])
  const pages = await Promise.all([
    ...Array.from({ length: 20 }, () => zoe.get(`/threads/${thread.id}/${thread.slug}`)),
    ...Array.from({ length: 20 }, () => bob.get('/threads/16384/x')),
  ])
  t.same([...new Set(pages.map(({ status }) => status))], [200, 404])
})
