import t from 'tap'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { startForum } from '../../support/forum.ts'
import { follow } from '../../support/live-window.ts'
import { idOf, threadBy } from '../../support/threads.ts'

t.test('replies arrive live', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const author = { id: await idOf(forum, 'Zoé'), role: 'member' as const, language: 'fr' as const }
  const say = (thread: number, body: string) => replyToThread(forum, { thread, author, body })

  t.test('at every window, in the language it reads in, just as the page would show them', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const french = await follow(t, forum.origin, { thread: thread.id, after: 1, person: karim })
    const english = await follow(t, forum.origin, { thread: thread.id, after: 1, headers: { 'accept-language': 'en' } })
    await karim.post(`/threads/${thread.id}/replies`, { body: 'Du **nouveau** !', reply_to: '1' })
    for (const window of [french, english]) {
      await window.until(() => window.numbers.length === 1)
      t.match(window.posts, [{ type: 'post', thread: thread.id, number: 2 }])
    }
    const page = await forum.passerBy().get(`/threads/${thread.id}/${thread.slug}`)
    t.equal(french.posts[0]?.html?.trim(), page.document.querySelector('#post-2')?.outerHTML)
    t.match(english.posts[0]?.html, 'In reply to post 1')
  })

  t.test('edits, deletions and returns too', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const { id } = await say(thread.id, 'Avant')
    const window = await follow(t, forum.origin, { thread: thread.id, after: 2 })
    for (const [index, act] of ['edit', 'delete', 'restore'].entries()) {
      await zoe.post(`/posts/${id}/${act}`, { body: 'Après' })
      await window.until(() => window.changes.length === index + 1)
    }
    t.match(window.changes, [
      { type: 'edited', number: 2, html: /Après/ },
      { type: 'deleted', thread: thread.id, number: 2 },
      { type: 'edited', number: 2, html: /Après/ },
    ])
    t.same(Object.keys(window.changes[0] ?? {}), ['type', 'thread', 'number', 'author', 'html'])
    t.same(Object.keys(window.changes[1] ?? {}), ['type', 'thread', 'number'], 'what was deleted is not said again')
  })

  t.test('a window that comes back is told what it misses, in order, and nothing twice', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { replies: 9 })
    const edited = await say(thread.id, 'Faute')
    await zoe.post(`/posts/${edited.id}/edit`, { body: 'Corrigé' })
    const window = await follow(t, forum.origin, { thread: thread.id, after: 3, change: 0 })
    await window.until(() => window.numbers.length === 8)
    t.same(window.numbers, [4, 5, 6, 7, 8, 9, 10, 11])
    const other = await follow(t, forum.origin, { thread: thread.id, after: 11, change: 0 })
    await other.until(() => other.messages.some(({ type }) => type === 'changes'))
    t.match(
      other.messages.filter(({ type }) => type !== 'readers'),
      [
        { type: 'edited', number: 11, html: /Corrigé/ },
        { type: 'changes', number: 1 },
      ],
    )
    const upToDate = await follow(t, forum.origin, { thread: thread.id, after: 11, change: 1 })
    await say(thread.id, 'La suite')
    await upToDate.until(() => upToDate.numbers.length === 1)
    t.same(
      upToDate.messages.filter(({ type }) => type !== 'readers').map(({ type }) => type),
      ['post'],
    )
  })

  t.test('between what is told first and what comes live there is no hole and no overlap', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { replies: 1 })
    const LAST = 121
    const writing = (async () => {
      for (let number = 3; number <= LAST; number += 1) await say(thread.id, `Réponse ${number}`)
    })()
    const windows = []
    for (let count = 0; count < 30; count += 1) {
      windows.push(await follow(t, forum.origin, { thread: thread.id, after: count % 3 }))
    }
    await writing
    for (const [index, window] of windows.entries()) {
      await window.until(() => window.numbers.at(-1) === LAST)
      const after = index % 3
      t.same(
        window.numbers,
        Array.from({ length: LAST - after }, (_, place) => after + 1 + place),
      )
    }
  })

  t.test('what was kept for those who come back never leaves one out', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { replies: 100 })
    const staying = await follow(t, forum.origin, { thread: thread.id, after: 101 })
    const ids = new Map<number, number>()
    const sayUpTo = async (last: number) => {
      for (let number = 0; number < last; ) {
        const post = await say(thread.id, 'Encore')
        number = post.number
        ids.set(number, post.id)
      }
      await staying.until(() => staying.numbers.at(-1) === last)
    }
    const edit = async (number: number) => {
      const before = staying.changes.length
      await zoe.post(`/posts/${ids.get(number)}/edit`, { body: 'Corrigé' })
      await staying.until(() => staying.changes.length > before)
    }
    const comeBack = async (after: number, last: number) => {
      const window = await follow(t, forum.origin, { thread: thread.id, after })
      await window.until(() => window.numbers.at(-1) === last)
      t.same(
        window.numbers,
        Array.from({ length: last - after }, (_, index) => after + 1 + index),
      )
    }
    // So that what is kept is full, one of it no longer of use, and one that is of use is not there.
    await comeBack(1, 101)
    await sayUpTo(201)
    await edit(150)
    await comeBack(1, 201)
    await sayUpTo(350)
    await edit(300)
    await sayUpTo(351)
    await comeBack(151, 351)
  })

  t.test('who misses more than 200 is told to read the page anew', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { replies: 202 })
    const window = await follow(t, forum.origin, { thread: thread.id, after: 2 })
    await window.until(() => window.messages.some(({ type }) => type !== 'readers'))
    t.same(
      window.messages.find(({ type }) => type !== 'readers'),
      { type: 'reload' },
    )
    const just = await follow(t, forum.origin, { thread: thread.id, after: 3 })
    await just.until(() => just.numbers.length === 200)
    t.equal(just.numbers[0], 4)
  })

  t.test('everybody sees how many are reading', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const windows = [
      await follow(t, forum.origin, { thread: thread.id, after: 1 }),
      await follow(t, forum.origin, { thread: thread.id, after: 1 }),
      await follow(t, forum.origin, { thread: thread.id, after: 1 }),
    ]
    const [first, , last] = windows
    const told = () => first?.messages.findLast(({ type }) => type === 'readers')?.count
    await first?.until(() => told() === 3)
    last?.socket.close()
    await first?.until(() => told() === 2)
    t.pass('they are counted as they come and go')
  })
})
