import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { changeRole } from '../../../src/forum/members/administer-member.ts'
import { startForum } from '../../support/forum.ts'
import { follow, type LiveWindow, openLiveWindow } from '../../support/live-window.ts'
import { ban, unban } from '../../support/sanctions.ts'
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
    t.same(Object.keys(window.changes[0] ?? {}), ['type', 'thread', 'number', 'html'])
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

t.test('who may follow', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const mira = await forum.member('Mira', 'moderator')
  const { thread } = await threadBy(forum, 'Zoé')
  const status = async (opening: Partial<Parameters<typeof follow>[2]>) =>
    openLiveWindow(t, forum.origin, { thread: thread.id, after: 1, ...opening })

  t.test('not a page of another site', async (t) => {
    t.equal(await status({ person: zoe, headers: { origin: 'https://evil.example' } }), 403)
    t.equal(await status({ person: zoe, headers: { 'sec-fetch-site': 'cross-site' } }), 403)
  })

  t.test('nobody where there is nothing', async (t) => {
    t.equal(await status({ thread: 999 }), 404)
    t.equal(await status({ after: -1 }), 400)
    const plain = await fetch(`${forum.origin}/live?thread=${thread.id}&after=1`)
    t.equal(plain.status, 404)
  })

  t.test('moderators alone, once a thread is removed; the windows of others are closed', async (t) => {
    const { thread: removed } = await threadBy(forum, 'Zoé')
    const window = await follow(t, forum.origin, { thread: removed.id, after: 1, person: zoe })
    await mira.post(`/threads/${removed.id}/remove`)
    await window.until(() => window.closed !== null)
    t.equal(window.closed, 4404)
    t.equal(await status({ thread: removed.id, person: zoe }), 404)
    t.type(await status({ thread: removed.id, person: mira }), 'object')
  })

  t.test('a banned member’s windows are closed, and their session has ended', async (t) => {
    const rude = await forum.member('Malotru')
    const window = await follow(t, forum.origin, { thread: thread.id, after: 1, person: rude })
    await ban(forum, 'Malotru')
    await window.until(() => window.closed !== null)
    t.equal((await rude.get('/')).text('.account bdi'), '')
    const refused = await rude.post('/login', { username: 'Malotru', password: 'quatre mots sans rapport' })
    t.equal(refused.status, 403)
    t.match(refused.text('h1'), /fermé par la modération/)
    await unban(forum, 'Malotru')
    t.equal((await rude.post('/login', { username: 'Malotru', password: 'quatre mots sans rapport' })).status, 303)
  })

  t.test('no session with twenty windows open already', async (t) => {
    const eager = await forum.member('Avide')
    for (let count = 0; count < 20; count += 1) {
      await follow(t, forum.origin, { thread: thread.id, after: 1, person: eager })
    }
    t.equal(await status({ person: eager }), 503)
    t.type(await status({}), 'object', 'others are not concerned')
  })

  t.test('a member’s window is closed when their role changes, to come back as what they are now', async (t) => {
    const ines = await forum.member('Inès', 'moderator')
    const { thread: removed } = await threadBy(forum, 'Zoé')
    await mira.post(`/threads/${removed.id}/remove`)
    const window = await follow(t, forum.origin, { thread: removed.id, after: 1, person: ines })
    const staying = await follow(t, forum.origin, { thread: removed.id, after: 1, person: mira })
    await changeRole(forum, 'Inès', 'member')
    await window.until(() => window.closed !== null)
    t.equal(window.closed, 1012)
    t.equal(await status({ thread: removed.id, person: ines }), 404)
    t.equal(staying.closed, null)
  })
})

t.test('what becomes of the thread itself', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const mira = await forum.member('Mira', 'moderator')
  const { thread } = await threadBy(forum, 'Zoé')
  const told = (window: LiveWindow) => window.messages.filter(({ type }) => /locked|moved/.test(type))

  t.test('is told to all who follow it, once', async (t) => {
    const windows = [
      await follow(t, forum.origin, { thread: thread.id, after: 1 }),
      await follow(t, forum.origin, { thread: thread.id, after: 1, person: mira }),
    ]
    const acts = [
      ['locked', () => mira.post(`/threads/${thread.id}/lock`)],
      ['unlocked', () => mira.post(`/threads/${thread.id}/unlock`)],
      ['moved', () => mira.post(`/threads/${thread.id}/move`, { boards: ['metz'] })],
      ['locked', () => mira.post(`/threads/${thread.id}/lock`)],
    ] as const
    for (const [index, [type, act]] of acts.entries()) {
      await act()
      await act()
      for (const window of windows) {
        await window.until(() => told(window).length > index)
        t.same(told(window)[index], { type, thread: thread.id })
      }
    }
    for (const window of windows) t.equal(told(window).length, acts.length)
  })

  t.test('is told to whoever comes back with an older page', async (t) => {
    for (const [locked, types] of [
      [true, []],
      [false, ['locked']],
      [undefined, []],
    ] as const) {
      const window = await follow(t, forum.origin, {
        thread: thread.id,
        after: 0,
        ...(locked === undefined ? {} : { locked }),
      })
      await window.until(() => window.numbers.length === 1)
      t.same(
        told(window).map(({ type }) => type),
        types,
      )
    }
  })
})

t.test('what is not a frame is nobody’s error but the window’s', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const frames = {
    'an unmasked text': [0x81, 0x02, 0x68, 0x69],
    'a reserved opcode': [0x83, 0x80, 0, 0, 0, 0],
    'a reserved bit': [0xc1, 0x80, 0, 0, 0, 0],
    'words that are not UTF-8': [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28],
    'a message that is too long': [0x81, 0xfe, 0x10, 0x00, 0, 0, 0, 0],
    'a ping in pieces': [0x09, 0x80, 0, 0, 0, 0],
    'a close code that is none': [0x88, 0x82, 0, 0, 0, 0, 0, 1],
  }
  for (const [what, bytes] of Object.entries(frames)) {
    for (const person of [zoe, forum.passerBy()]) {
      const stream = connect(Number(new URL(forum.origin).port), '127.0.0.1')
      t.teardown(() => stream.destroy())
      stream.write(
        `GET /live?thread=${thread.id}&after=1 HTTP/1.1\r\nHost: a\r\nOrigin: ${forum.origin}\r\nCookie: ${person.cookieHeader}\r\n` +
          'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      )
      await once(stream, 'data')
      stream.write(Buffer.from(bytes))
      stream.resume()
      await once(stream, 'close')
    }
    t.same(
      forum.logged.filter((line) => JSON.parse(line).level >= 40),
      [],
      what,
    )
  }
})

t.test('strangers of one address do not shut out members, nor other addresses', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const open = (address: string, person = forum.passerBy()) =>
    openLiveWindow(t, forum.origin, { thread: thread.id, after: 1, person, headers: { 'x-forwarded-for': address } })
  const entered = await Promise.all(Array.from({ length: 210 }, (_, index) => open(`2001:db8::${index}`)))
  t.equal(entered.filter((one) => one === 503).length, 10)
  t.type(await open('2001:db8:0:1::'), 'object')
  t.type(await open('192.0.2.1'), 'object')
  t.type(await open('2001:db8::1', zoe), 'object')
})

t.test('a request for a protocol that is not spoken here is one like all', async (t) => {
  const forum = await startForum(t)
  for (const path of ['/', '/', '/rien', '/%', '/live?thread=1&after=1']) {
    const stream = connect(Number(new URL(forum.origin).port), '127.0.0.1')
    t.teardown(() => stream.destroy())
    const close = path === '/rien' ? 'Upgrade, close' : 'Upgrade'
    stream.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: ${close}\r\nUpgrade: h2c\r\n\r\n`)
    const [answer] = await once(stream, 'data')
    t.match(String(answer), path === '/' ? /^HTTP\/1\.1 200 / : /^HTTP\/1\.1 404 /)
  }
})
