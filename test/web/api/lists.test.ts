import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { Program, type ProgramAnswer, tokenOf } from '../../support/program.ts'
import { threadBy } from '../../support/threads.ts'

t.test('lists by program', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  await forum.member('Max')
  for (let number = 1; number <= 5; number += 1) {
    await threadBy(forum, 'Max', { title: `Sujet ${number}`, boards: ['nice', 'big-data'], replies: number })
  }
  const program = new Program(forum.origin, await tokenOf(zoe, 'read', 'write'))
  const anybody = new Program(forum.origin)

  const itemsOf = ({ json }: ProgramAnswer) => (Array.isArray(json.items) ? json.items.map(Object) : [])

  /** Goes on by `Link` as long as there is one. Answers what each page held. */
  async function pagesOf(reader: Program, path: string): Promise<Record<string, unknown>[][]> {
    const pages = []
    for (let next: string | undefined = path; next !== undefined; ) {
      const answer: ProgramAnswer = await reader.get(next)
      t.equal(answer.status, 200, next)
      pages.push(itemsOf(answer))
      next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
    }
    return pages
  }

  t.test('go on by Link, with nothing left out or told twice', async (t) => {
    for (const [reader, path, field, all] of [
      [anybody, '/api/v1/threads?limit=2', 'id', [5, 4, 3, 2, 1]],
      [anybody, '/api/v1/threads?sort=new&limit=2', 'id', [5, 4, 3, 2, 1]],
      [program, '/api/v1/threads?show=unread&limit=3', 'id', [5, 4, 3, 2, 1]],
      [anybody, '/api/v1/cities/nice?limit=2', 'id', [5, 4, 3, 2, 1]],
      [anybody, '/api/v1/cities/nice?limit=2&sort=new', 'id', [5, 4, 3, 2, 1]],
      [anybody, '/api/v1/technologies/big-data?limit=4', 'id', [5, 4, 3, 2, 1]],
      [anybody, '/api/v1/cities/nice/big-data?limit=1', 'id', [5, 4, 3, 2, 1]],
      [anybody, '/api/v1/threads/5/posts?limit=4', 'number', [1, 2, 3, 4, 5, 6]],
      [anybody, '/api/v1/threads/5/posts?limit=2&after=3', 'number', [4, 5, 6]],
      [anybody, '/api/v1/members/Max?limit=7', 'id', Array.from({ length: 20 }, (_, index) => 20 - index)],
    ] as const) {
      const limit = Number(/limit=(\d)/.exec(path)?.[1])
      const pages = await pagesOf(reader, path)
      t.same(
        pages.flat().map((item) => item[field]),
        all,
        path,
      )
      t.equal(pages.length, Math.ceil(all.length / limit), path)
    }
  })

  t.test('a limit that is none is refused, a large one gives what there is', async (t) => {
    for (const limit of ['0', '-1', '101', 'x', '1.5', '']) {
      t.equal((await anybody.get(`/api/v1/threads?limit=${limit}`)).status, 400, limit)
    }
    t.equal(itemsOf(await anybody.get('/api/v1/threads?limit=100')).length, 5)
    t.equal((await anybody.get('/api/v1/threads?before=%27or+1')).status, 400)
  })

  t.test('what is followed and what is read is told to its member only', async (t) => {
    await program.post('/api/v1/threads/3/subscription', { level: 'following' })
    await program.post('/api/v1/cities/nice/big-data/subscription', { level: 'muted' })
    t.same(
      itemsOf(await program.get('/api/v1/threads?show=followed')).map(({ id }) => id),
      [3],
    )
    t.same(
      itemsOf(await program.get('/api/v1/threads?show=unread')).map(({ id }) => id),
      [3],
    )
    t.equal((await program.post('/api/v1/threads/3/read', { number: 4 })).status, 204)
    t.same(itemsOf(await program.get('/api/v1/threads?show=unread')), [])
    t.equal((await anybody.get('/api/v1/threads?show=unread')).status, 401)
    t.match((await program.get('/api/v1/threads/3')).json, { level: 'following', unread: 0 })
    t.match((await anybody.get('/api/v1/threads/3')).json, { level: 'none', unread: 0, may: { reply: false } })
    t.equal((await program.post('/api/v1/boards/nice/read')).status, 204)
    t.equal((await program.get('/api/v1/cities/nice')).json.unread, 0)
  })

  t.test('what was said is found, as on the page', async (t) => {
    await program.post('/api/v1/threads', {
      title: 'Un mât à Cimiez',
      body: 'La caméra thermique du parvis.',
      boards: ['nice'],
    })
    const found = await anybody.get('/api/v1/search?q=thermique')
    t.match(found.json, { count: 1, about: false, order: 'best', left_out: [] })
    t.match(itemsOf(found), [
      { hit: 'post', thread: 6, number: 1, title: 'Un mât à Cimiez', boards: ['nice'], author: 'Zoé' },
    ])
    t.match(JSON.stringify(itemsOf(found)[0]?.excerpt), '{"text":"thermique","marked":true}')
    const pages = await pagesOf(anybody, '/api/v1/search?board=nice&author=Max&sort=new&limit=1&in=titles')
    t.same(
      pages.flat().map(({ thread }) => thread),
      [5, 4, 3, 2, 1],
    )
    const odd = await anybody.get('/api/v1/search?q=thermiqe+in:cave')
    t.match(odd.json.misunderstood, [{ field: 'in', value: 'cave', as_words: true }])
    t.equal((await anybody.get('/api/v1/search')).status, 200)
    t.match((await anybody.get('/api/v1/search?q=thermique+author:personne')).json, { items: [], nobody: 'personne' })
    t.match((await anybody.get('/api/v1/search?q=thermique+has:file')).json, { items: [], not_yet: 'files' })
  })

  t.test('what is not there is not found, as a problem', async (t) => {
    for (const path of [
      ...['/api/v1/threads/99', '/api/v1/threads/99/posts', '/api/v1/posts/99', '/api/v1/posts/99/history'],
      ...[
        '/api/v1/cities/nulle-part',
        '/api/v1/cities/big-data',
        '/api/v1/cities/nice/nice',
        '/api/v1/members/personne',
      ],
      ...['/api/v1', '/api/v1/', '/api/v1/nowhere', '/api/v1/threads/x', '/api/v1/settings/security'],
    ]) {
      const answer = await program.get(path)
      t.equal(answer.status, 404, path)
      t.match(answer.headers.get('content-type'), 'application/problem+json')
      t.match(answer.json, { type: 'about:blank', status: 404, title: 'Not Found' })
    }
  })

  t.test('a post that is too long for a list stands whole by itself', async (t) => {
    const body = 'Très long. '.repeat(10_000)
    for (let number = 0; number < 6; number += 1) {
      t.equal((await program.post('/api/v1/threads/1/replies', { body: `${number} ${body}` })).status, 201)
    }
    const posts = itemsOf(await anybody.get('/api/v1/threads/1/posts'))
    const folded = posts.filter((post) => post.body === null)
    t.ok(folded.length > 0 && folded.length < 6)
    const whole = await anybody.get(`/api/v1/posts/${folded[0]?.id}`)
    t.ok(String(whole.json.body).endsWith('long.'))
  })
})
