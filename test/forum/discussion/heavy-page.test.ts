import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { openLiveWindow } from '../../support/live-window.ts'
import { threadBy } from '../../support/threads.ts'

t.test('a page of very long posts folds the longest, and each can be read whole', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { replies: 24 })
  const path = `/threads/${thread.id}/${thread.slug}`
  await forum.database.execute(sql`
    update posts set body_html = '<p>' || repeat('long ', 20000 + 5000 * number) || '<b>fin' || number || '</b></p>'
    where thread_id = ${thread.id} and number between 3 and 20`)
  await forum.database.execute(sql`select pg_notify('forum', '{}')`)
  for (const reader of [zoe, forum.passerBy()]) {
    const page = await reader.get(path)
    t.ok(Buffer.byteLength(page.body) < 600_000)
    t.same(
      page.texts('.post .number'),
      Array.from({ length: 20 }, (_, index) => `${index + 1}`),
      'a page is still a range of numbers',
    )
    t.match(page.text('#post-2 .prose'), 'Réponse 2')
    t.match(page.text('#post-3 b'), 'fin3', 'the shortest of them stand whole')
    t.match(page.text('#post-20 .prose'), /^Réponse 20 Lire la suite/)
    const whole = await reader.get(page.document.querySelector('#post-20 a.whole')?.getAttribute('href') ?? '')
    t.equal(whole.status, 200)
    t.equal(whole.text('#post-20 b'), 'fin20')
    t.equal(whole.document.querySelector('.about a')?.getAttribute('href'), `${path}#post-20`)
    t.match((await reader.get(`${path}?page=2`)).text('#post-25 .prose'), 'Réponse 25')
  }
  const window = await openLiveWindow(t, forum.origin, { thread: thread.id, after: 0, person: zoe })
  if (typeof window === 'number') throw new Error(`${window}`)
  await window.until(() => window.numbers.length === 25)
  t.equal(window.numbers.length, 25)
})
