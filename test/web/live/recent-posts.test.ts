import t from 'tap'
import { postsInRange } from '../../../src/forum/discussion/shown-posts.ts'
import { postMessage } from '../../../src/web/live/messages.ts'
import { RecentPosts } from '../../../src/web/live/recent-posts.ts'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('what was told a moment ago is not read again', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { replies: 40 })
  const recent = new RecentPosts()
  const asked: [number, number][] = []
  const read = async (after: number, upTo: number) => {
    asked.push([after, upTo])
    const posts = await postsInRange(forum.database, thread.id, after, upTo)
    return posts.map((post) => [post, postMessage(thread, post)] as const)
  }
  const first = await recent.get(1, 20, read)
  t.equal(first.length, 19)
  t.same(await recent.get(1, 20, read), first)
  t.same(asked, [[1, 20]])

  recent.forget(10)
  const again = await recent.get(1, 20, read)
  t.same(asked.at(-1), [9, 10], 'only what was edited since')
  t.same(again.map(([, message], index) => message === first[index]?.[1]).indexOf(false), 8)
  t.equal((await recent.get(5, 25, read)).length, 20)
  t.same(asked.at(-1), [20, 25], 'or what came since')
})
