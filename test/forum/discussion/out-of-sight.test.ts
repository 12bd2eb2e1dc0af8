import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

const SECRET = 'Jean Dupont habite 12 rue des Lilas'

t.test('what was deleted is told by nothing', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const victim = await forum.member('Victime')
  const mira = await forum.member('Mira', 'moderator')
  const { thread } = await threadBy(forum, 'Zoé')
  const path = `/threads/${thread.id}/${thread.slug}`
  await victim.post(`/threads/${thread.id}/replies`, { body: SECRET })
  await zoe.post(`/threads/${thread.id}/replies`, { body: 'Tout à fait', reply_to: '2' })
  await victim.post(`/threads/${thread.id}/replies`, { body: `${SECRET} encore` })
  const actions = async (number: number) =>
    (await victim.get(path)).document.querySelector(`#post-${number} form`)?.getAttribute('action') ?? ''
  const deletion = await actions(2)
  for (const number of [2, 4]) await victim.post(await actions(number))
  const id = /\d+/.exec(deletion)?.[0]

  const replies = `/threads/${thread.id}/replies`
  const asked: [what: string, body: () => Promise<{ body: string }>][] = [
    ['the preview of an answer to it', () => zoe.post(replies, { body: 'x', reply_to: '2', preview: '1' })],
    ['a form that comes back', () => zoe.post(replies, { body: ' ', reply_to: '2' })],
    ['the form that answers it', () => zoe.get(`${path}?reply_to=2`)],
    ['the form that quotes it', () => zoe.get(`${path}?quote=2`)],
    ['the thread, where it is answered', () => zoe.get(path)],
    ['the thread, for passers-by', () => forum.passerBy().get(path)],
    ['the thread, for moderators', () => mira.get(path)],
    ['the names to mention', () => zoe.get(`/threads/${thread.id}/posts/authors`)],
    ['the list of threads, which names who wrote last', () => forum.passerBy().get('/cities/marseille')],
    ['the home page', () => forum.passerBy().get('/')],
    ['its page of its own', () => zoe.get(`/threads/${thread.id}/posts/2/whole`)],
    ['its versions', () => zoe.get(`/posts/${id}/history`)],
    ['its form', () => zoe.get(`/posts/${id}/edit`)],
  ]
  for (const [what, ask] of asked) {
    await t.test(what, async (t) => t.notMatch((await ask()).body, /Dupont|Lilas|Victime/))
  }

  await t.test('and shown again, it is named again', async (t) => {
    await victim.post(deletion.replace('/delete', '/restore'))
    t.match((await zoe.get(path)).text('#post-3 .answered'), /de Victime.*Dupont/)
    t.match((await forum.passerBy().get('/cities/marseille')).text('.thread'), /Zoé/)
  })
})

t.test('a removed thread is not there for others, whatever they ask', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const mira = await forum.member('Mira', 'moderator')
  const { thread, id } = await threadBy(forum, 'Zoé', { title: 'Diffamation', replies: 1 })
  await mira.post(`/threads/${thread.id}/remove`)
  const posted: [path: string, fields: Record<string, string>][] = [
    [`/posts/${id}/delete`, {}],
    [`/posts/${id}/restore`, {}],
    [`/posts/${id}/edit`, { body: 'x' }],
    [`/posts/${id}/edit`, { body: 'x', preview: '1' }],
    ['/preview', { body: '#1', thread: String(thread.id) }],
    [`/threads/${thread.id}/replies`, { body: 'x' }],
    [`/threads/${thread.id}/replies`, { body: 'x', preview: '1' }],
    [`/threads/${thread.id}/subscription`, { level: 'watching' }],
  ]
  for (const [path, fields] of posted) {
    for (const person of path === '/preview' ? [karim] : [karim, zoe].slice(0, path.includes('subscription') ? 1 : 2)) {
      const sent = await person.post(path, fields)
      t.equal(sent.status, 404, `${path} ${JSON.stringify(fields)}`)
      t.notMatch(`${sent.body} ${sent.location}`, /diffamation/i)
    }
  }
  for (const path of [`/posts/${id}/history`, `/threads/${thread.id}`, `/threads/${thread.id}/posts/1`]) {
    const got = await karim.get(path)
    t.equal(got.status, 404)
    t.equal(got.location, null)
  }
  t.equal((await karim.get(`/threads/${thread.id}/posts/1/whole`)).status, 404)
})
