import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { Program, type ProgramAnswer, tokenOf } from '../../support/program.ts'
import { threadBy } from '../../support/threads.ts'

t.test('keeping the forum clean by program', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const mo = new Program(
    forum.origin,
    await tokenOf(await forum.member('Mo', 'moderator'), 'read', 'write', 'moderate'),
  )
  const half = new Program(forum.origin, await tokenOf(await forum.member('Mia', 'moderator'), 'read', 'write'))
  const max = new Program(forum.origin, await tokenOf(await forum.member('Max'), 'read', 'write', 'moderate'))
  const eve = await forum.member('Ève')
  const anybody = new Program(forum.origin)
  await threadBy(forum, 'Zoé', { replies: 2 })
  const itemsOf = ({ json }: ProgramAnswer) => (Array.isArray(json.items) ? json.items.map(Object) : [])

  t.test('a flag makes a case, which is claimed, noted and decided', async (t) => {
    t.equal((await max.post('/api/v1/posts/2/flag', { reason: 'spam', note: 'Publicité' })).status, 204)
    t.equal((await max.post('/api/v1/posts/2/flag', { reason: 'dull' })).status, 422)
    t.equal((await anybody.post('/api/v1/posts/2/flag', { reason: 'spam' })).status, 401)
    const open = await mo.get('/api/v1/moderation')
    t.match(itemsOf(open), [{ kind: 'flagged', member: 'Zoé', flag_count: 1, reasons: ['spam'], claimed_by: null }])
    const path = `/api/v1/moderation/cases/${itemsOf(open)[0]?.id}`
    t.match((await mo.post(`${path}/claim`)).json, { claimed_by: 'Mo' })
    t.match(await mo.post(`${path}/notes`, { body: 'Je regarde.' }), { status: 201, json: { notes: [{ by: 'Mo' }] } })
    t.match((await mo.get(path)).json, {
      post: { number: 2, author: 'Zoé', version: 0 },
      flags: [{ by: 'Max', reason: 'spam', note: 'Publicité' }],
    })
    const decided = await mo.post(path, { decision: 'hide', statement: 'Publicité.', version: 0 })
    t.match(decided, { status: 200, json: { decision: 'hide', decided_by: 'Mo' } })
    t.equal((await anybody.get('/api/v1/posts/2')).json.body, null)
    t.same(itemsOf(await mo.get('/api/v1/moderation')), [])
    t.match(itemsOf(await mo.get('/api/v1/moderation/log?limit=1')), [
      { by: 'Mo', member: 'Zoé', reason: 'Publicité.' },
    ])
  })

  t.test('posts are hidden and shown', async (t) => {
    t.match((await mo.post('/api/v1/posts/3/hide', { reason: 'Essai' })).json, {
      author: null,
      removed: { reason: 'Essai' },
    })
    t.match((await mo.post('/api/v1/posts/3/show')).json, { author: 'Zoé', deleted_at: null })
  })

  t.test('threads are pinned and merged, and posts moved', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { title: 'Le même sujet', replies: 1 })
    const path = `/api/v1/threads/${thread.id}`
    t.equal((await mo.post(`${path}/pin`)).status, 200)
    t.equal((await mo.post(`${path}/unpin`)).status, 200)
    t.equal((await mo.post(`${path}/pin`, { board: 'nulle-part' })).status, 422)
    const { json } = await mo.get(`${path}/posts?after=1`)
    const [second] = Array.isArray(json.items) ? json.items : []
    t.match(await mo.post(`/api/v1/posts/${second?.id}/move`, { to: 1 }), { status: 200, json: { thread: 1 } })
    t.match(await mo.post(`${path}/merge`, { into: 1 }), { status: 200, json: { thread: 1 } })
    t.equal((await max.post(`${path}/merge`, { into: 1 })).status, 403)
  })

  t.test('a member is silenced and let speak, banned and let back', async (t) => {
    const program = new Program(forum.origin, await tokenOf(eve, 'read', 'write'))
    const say = () => program.post('/api/v1/threads/1/replies', { body: 'Bonjour' })
    t.equal(
      (await mo.post(`/api/v1/members/${encodeURIComponent('Ève')}/silence`, { reason: 'x', days: 3 })).status,
      204,
    )
    t.equal((await say()).status, 403)
    t.equal((await program.get('/api/v1/threads/1')).status, 200)
    t.equal((await mo.post(`/api/v1/members/${encodeURIComponent('Ève')}/lift`)).status, 204)
    t.equal((await say()).status, 201)
    t.equal((await mo.post(`/api/v1/members/${encodeURIComponent('Ève')}/ban`, { reason: 'x' })).status, 204)
    t.equal((await program.get('/api/v1/threads/1')).status, 401)
  })

  t.test('nobody else does any of it, nor a moderator whose token is not for it', async (t) => {
    for (const [method, path, sent] of [
      ['GET', '/api/v1/moderation'],
      ['GET', '/api/v1/moderation/cases/1'],
      ['POST', '/api/v1/moderation/cases/1', { decision: 'dismiss' }],
      ['POST', '/api/v1/moderation/cases/1/claim', {}],
      ['POST', '/api/v1/moderation/cases/1/notes', { body: 'x' }],
      ['GET', '/api/v1/moderation/log'],
      ['POST', '/api/v1/posts/3/hide', {}],
      ['POST', '/api/v1/posts/3/show', {}],
      ['POST', '/api/v1/members/Max/ban', { reason: 'x' }],
      ['POST', '/api/v1/members/Max/lift', {}],
      ['POST', '/api/v1/threads/1/lock', {}],
    ] as const) {
      t.equal((await max.ask(method, path, sent)).status, 403, `a member: ${method} ${path}`)
      const withheld = await half.ask(method, path, sent)
      t.equal(withheld.status, 403, `half a moderator: ${method} ${path}`)
      t.match(withheld.headers.get('www-authenticate'), 'scope="moderate"')
      t.equal((await anybody.ask(method, path, sent)).status, 401, `anybody: ${method} ${path}`)
    }
  })
})
