import { sql } from 'drizzle-orm'
import t from 'tap'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { startForum } from '../../support/forum.ts'
import { follow } from '../../support/live-window.ts'
import { idOf, threadBy } from '../../support/threads.ts'

/** Written as HTML it is three times as long. */
const LONG = '& '.repeat(50_000)
/** Far more than the machine keeps for one connection, and the forum for one reader. */
const MOST = 100

t.test('a reader who stops reading is let go, misses nothing once back, and costs the others nothing', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const author = { id: await idOf(forum, 'Zoé'), role: 'member' as const, language: 'fr' as const }
  const { thread } = await threadBy(forum, 'Zoé')
  const slow = await follow(t, forum.origin, { thread: thread.id, after: 1 })
  const lively = await follow(t, forum.origin, { thread: thread.id, after: 1 })
  await lively.until(() => lively.messages.some(({ type, count }) => type === 'readers' && count === 2))
  slow.socket.pause()

  const alone = () => lively.messages.findLast(({ type }) => type === 'readers')?.count === 1
  let last = 1
  while (!alone() && last < MOST) {
    last = (await replyToThread(forum, { thread: thread.id, author, body: `${LONG} ${last}` })).number
    await lively.until(() => lively.numbers.at(-1) === last)
  }
  await lively.until(alone)
  t.same(
    lively.numbers,
    Array.from({ length: last - 1 }, (_, index) => index + 2),
    'the other has heard everything, in order',
  )

  slow.socket.resume()
  await slow.until(() => slow.closed !== null)
  const had = slow.numbers.at(-1) ?? 1
  t.ok(had < last, `it was let go after ${had} of ${last}`)
  const back = await follow(t, forum.origin, { thread: thread.id, after: had })
  await back.until(() => back.numbers.at(-1) === last || back.closed !== null)
  t.same([...slow.numbers, ...back.numbers], lively.numbers)
})

t.test('who misses far more than may wait for them is told all of it, at their pace', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { replies: 60 })
  await forum.database.execute(sql`
    update posts set body_html = '<p>' || repeat('mot ', 75000) || '</p>' where thread_id = ${thread.id}`)

  const back = await follow(t, forum.origin, { thread: thread.id, after: 1 })
  await back.until(() => back.numbers.at(-1) === 61 || back.closed !== null)
  t.same(
    back.numbers,
    Array.from({ length: 60 }, (_, index) => index + 2),
  )
  const author = { id: await idOf(forum, 'Zoé'), role: 'member' as const, language: 'fr' as const }
  await replyToThread(forum, { thread: thread.id, author, body: 'Et après' })
  await back.until(() => back.numbers.at(-1) === 62 || back.closed !== null)
  t.equal(back.numbers.at(-1), 62, 'and hears what comes')
})

t.test('many long changes are told a few at a time, each once', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { replies: 50 })
  await forum.database.execute(sql`
    update posts set body_html = '<p>' || repeat('mot ', 15000) || '</p>', change_number = number
    where thread_id = ${thread.id}`)
  await forum.database.execute(sql`update threads set change_number = 51 where id = ${thread.id}`)
  const back = await follow(t, forum.origin, { thread: thread.id, after: 31, change: 0, person: zoe })
  await back.until(() => back.numbers.at(-1) === 51 || back.closed !== null)
  const numbersUpTo = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index)
  t.same(
    back.changes.map(({ number }) => number),
    numbersUpTo(1, 31),
  )
  t.same(back.numbers, numbersUpTo(32, 51))
})
