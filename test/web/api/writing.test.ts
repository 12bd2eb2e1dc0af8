import { randomUUID } from 'node:crypto'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { Program, tokenOf } from '../../support/program.ts'
import { threadBy } from '../../support/threads.ts'

t.test('writing by program', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const program = new Program(forum.origin, await tokenOf(zoe, 'read', 'write'))
  const { thread } = await threadBy(forum, 'Zoé')
  const replies = `/api/v1/threads/${thread.id}/replies`
  const anybody = new Program(forum.origin)
  const lastNumber = async () => Number((await anybody.get(`/api/v1/threads/${thread.id}`)).json.last_number)

  t.test('the same key with the same words makes one, two at once too, and is answered alike', async (t) => {
    const key = { 'idempotency-key': `"${randomUUID()}"` }
    const before = await lastNumber()
    const sent = { body: 'Une fois.' }
    const answers = await Promise.all(Array.from({ length: 6 }, () => program.post(replies, sent, key)))
    answers.push(await program.post(replies, sent, key))
    t.same([...new Set(answers.map(({ status }) => status))], [201])
    t.equal(new Set(answers.map(({ json }) => json.id)).size, 1)
    t.equal(await lastNumber(), before + 1)
  })

  t.test('the same for threads', async (t) => {
    const key = { 'idempotency-key': randomUUID() }
    const sent = { title: 'Une seule fois', body: 'Un sujet.', boards: ['nice'] }
    const answers = await Promise.all(Array.from({ length: 4 }, () => program.post('/api/v1/threads', sent, key)))
    t.same([...new Set(answers.map(({ status }) => status))], [201])
    t.equal(new Set(answers.map(({ json }) => json.id)).size, 1)
  })

  t.test('the same key with other words, or for another thread, is refused', async (t) => {
    const key = { 'idempotency-key': randomUUID() }
    t.equal((await program.post(replies, { body: 'Un' }, key)).status, 201)
    const before = await lastNumber()
    t.equal((await program.post(replies, { body: 'Deux' }, key)).status, 422)
    t.equal((await program.post('/api/v1/threads/2/replies', { body: 'Un' }, key)).status, 422)
    t.equal(await lastNumber(), before)
  })

  t.test('what was refused can be mended and sent again with its key', async (t) => {
    const key = { 'idempotency-key': randomUUID() }
    t.equal((await program.post(replies, { body: '  ' }, key)).status, 422)
    t.equal((await program.post(replies, { body: 'Mieux' }, key)).status, 201)
  })

  t.test('keys are each member’s own', async (t) => {
    const key = { 'idempotency-key': 'la-même' }
    const max = new Program(forum.origin, await tokenOf(await forum.member('Max'), 'write'))
    const [one, other] = [await program.post(replies, { body: 'A' }, key), await max.post(replies, { body: 'B' }, key)]
    t.same([one.status, other.status], [201, 201])
    t.not(one.json.id, other.json.id)
  })

  t.test('a request_id does what it does on the pages', async (t) => {
    const sent = { body: 'Avec request_id', request_id: randomUUID() }
    t.equal((await program.post(replies, sent)).json.id, (await program.post(replies, sent)).json.id)
  })

  t.test('a stale edit is told both texts, and writes nothing', async (t) => {
    const made = await program.post(replies, { body: 'Un' })
    const path = `/api/v1/posts/${made.json.id}`
    const tag = made.headers.get('etag') ?? ''
    t.match(tag, /^"\d+"$/)
    const edited = await program.ask('PATCH', path, { body: 'Deux' }, { 'if-match': tag })
    t.equal(edited.status, 200)
    t.not(edited.headers.get('etag'), tag)
    t.equal((await anybody.get(path)).headers.get('etag'), edited.headers.get('etag'))
    for (const stale of [tag, '"x"', `W/${edited.headers.get('etag')}`, '"99"']) {
      const clash = await program.ask('PATCH', path, { body: 'Trois' }, { 'if-match': stale })
      t.equal(clash.status, 409, stale)
      t.match(clash.headers.get('content-type'), 'application/problem+json')
      t.match(clash.json, { status: 409, current: { body: 'Deux', version: 1 }, sent: { body: 'Trois' } })
      t.match(clash.json.detail, /«\u202fcurrent\u202f».*«\u202fsent\u202f»/)
      t.equal(clash.headers.get('etag'), edited.headers.get('etag'), 'to begin anew from')
    }
    t.equal((await program.ask('PATCH', path, { body: 'Trois', version: 0 })).status, 409, 'as the form says it')
    t.equal((await anybody.get(path)).json.body, 'Deux')
    t.equal((await program.ask('PATCH', path, { body: 'Quatre' }, { 'if-match': '*' })).status, 200)
    const again = await program.ask('PATCH', path, { body: 'Quatre' }, { 'if-match': edited.headers.get('etag') ?? '' })
    t.equal(again.status, 200, 'sent twice, because its answer was lost, it is no clash')
  })

  t.test('of two edits at once, one is told of the other', async (t) => {
    const made = await program.post(replies, { body: 'Au départ' })
    const tag = { 'if-match': made.headers.get('etag') ?? '' }
    const edits = ['Un', 'Deux', 'Trois'].map((body) =>
      program.ask('PATCH', `/api/v1/posts/${made.json.id}`, { body }, tag),
    )
    const statuses = (await Promise.all(edits)).map(({ status }) => status)
    t.same(statuses.sort(), [200, 409, 409])
  })

  t.test('the first post takes the title of its thread', async (t) => {
    const edited = await program.ask('PATCH', '/api/v1/posts/1', { title: 'Un autre titre' })
    t.equal(edited.status, 200)
    t.equal(edited.json.body, 'Voici le relevé.')
    t.match((await anybody.get(`/api/v1/threads/${thread.id}`)).json, {
      title: 'Un autre titre',
      slug: 'un-autre-titre',
    })
  })

  t.test('what is wrong is said field by field, in the language of the member', async (t) => {
    const empty = await program.post('/api/v1/threads', {})
    t.equal(empty.status, 422)
    t.same(Object.keys(Object(empty.json.fields)).sort(), ['boards', 'body', 'title'])
    const wrong = await program.post('/api/v1/threads', { title: 'x', body: ' ', boards: ['nulle-part'] })
    t.match(wrong.json, { status: 422, fields: { title: /4/, body: 'À remplir.', boards: /espace/ } })
    t.equal((await program.post(replies, { body: 'x', reply_to: 10_000 })).status, 422)
    const list = await anybody.get('/api/v1/threads?limit=0&sort=best', { 'accept-language': 'en' })
    t.match(list.json, { status: 400, fields: { limit: String, sort: String } })
  })

  t.test('nobody edits, deletes or restores what is another’s', async (t) => {
    const max = new Program(forum.origin, await tokenOf(await forum.member('Ida'), 'read', 'write'))
    t.equal((await max.ask('PATCH', '/api/v1/posts/1', { body: 'Pris' })).status, 403)
    t.equal((await max.ask('DELETE', '/api/v1/posts/1')).status, 403)
    await program.ask('DELETE', '/api/v1/posts/2', { reason: 'Pour voir' })
    t.equal((await max.post('/api/v1/posts/2/restore')).status, 403)
    t.equal((await anybody.get('/api/v1/posts/2/history')).status, 404)
    t.equal((await program.post('/api/v1/posts/2/restore')).status, 200)
  })
})
