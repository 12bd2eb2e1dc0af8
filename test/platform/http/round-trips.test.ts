import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { statementsDuring } from '../../support/statements.ts'
import { threadBy } from '../../support/threads.ts'

t.test('a page asks the database for little', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  // Where no script tells how far somebody has read, that is remembered when the answer has gone: not counted here.
  zoe.setCookie('script', 'on')
  const { thread } = await threadBy(forum, 'Zoé', { boards: ['nice', 'big-data'], replies: 30 })
  const read = `/threads/${thread.id}/${thread.slug}?page=2`
  const asked = async (person: typeof zoe, path: string) => {
    const statements = await statementsDuring(async () => t.equal((await person.get(path)).status, 200))
    return statements.length
  }
  const english = forum.passerBy()
  english.setCookie('language', 'en')
  const french = forum.passerBy()

  // At most; nothing where the page is kept. What is pinned in a list is asked with its threads, at the same time.
  for (const [path, anonymous, member] of [
    [read, 0, 1],
    ['/', 2, 3],
    ['/cities', 1, 1],
    ['/cities/nice', 2, 4],
    ['/technologies/big-data?sort=new', 2, 4],
    ['/cities/nice/big-data', 2, 4],
    ['/members/Zo%C3%A9', 2, 2],
    ['/login', 0, 1],
  ] as const) {
    await asked(english, path)
    const first = await asked(french, path)
    t.ok(first <= anonymous, `${path}, anonymous: ${first}`)
    if (path === '/login') continue
    if (!path.startsWith('/members')) t.equal(await asked(french, path), 0, `${path}, anonymous, again`)
    await asked(zoe, path)
    const again = await asked(zoe, path)
    t.ok(again <= member, `${path}, signed in: ${again}`)
  }
})

t.test('a reply asks the database twice, the first time three questions at once', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { boards: ['nice'] })
  const replying = () => zoe.post(`/threads/${thread.id}/replies`, { body: 'Bonjour' })
  t.equal((await replying()).status, 303)

  const statements = await statementsDuring(async () => t.equal((await replying()).status, 303))
  t.equal(statements.length, 4)
})
