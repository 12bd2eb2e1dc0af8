import { eq } from 'drizzle-orm'
import t from 'tap'
import { deletePost } from '../../../src/forum/discussion/delete-post.ts'
import { editPost } from '../../../src/forum/discussion/edit-post.ts'
import { removeThread } from '../../../src/forum/discussion/remove-thread.ts'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { members } from '../../../src/schema/members.ts'
import { startForum } from '../../support/forum.ts'
import { idOf, threadBy } from '../../support/threads.ts'

t.test('a whole thread as Markdown or plain text', async (t) => {
  const forum = await startForum(t)
  const reader = forum.passerBy()
  await forum.member('Zoé')
  await forum.member('Karim')
  const zoe = { id: await idOf(forum, 'Zoé'), role: 'member', language: 'fr' } as const
  const karim = { id: await idOf(forum, 'Karim'), role: 'member', language: 'fr' } as const
  const { thread, id: opening } = await threadBy(forum, 'Zoé', {
    title: 'Relevé *complet* des caméras',
    boards: ['marseille', 'big-data'],
    body: 'Voici.\n\n```\nnon fermé',
  })
  const secret = await replyToThread(forum, { thread: thread.id, author: karim, body: 'À ne pas lire' })
  await replyToThread(forum, { thread: thread.id, author: karim, body: 'Suite\n\n## 9. Zoé', replyTo: 1 })
  await deletePost(forum, secret.id, karim, null)
  await editPost(forum, { post: opening, member: zoe, body: 'Voici **tout**.\n\n```\nnon fermé' })
  const md = `/threads/${thread.id}.md`
  const txt = `/threads/${thread.id}.txt`

  t.test('says what it is called, where it stands, and what everybody wrote', async (t) => {
    const visit = await reader.get(md)
    t.equal(visit.status, 200)
    t.equal(visit.headers.get('content-type'), 'text/markdown; charset=utf-8')
    const address = `${forum.origin}/threads/${thread.id}/${encodeURIComponent(thread.slug)}`
    t.match(visit.body, /^# Relevé \\\*complet\\\* des caméras\n\n- Espaces\u202f: Marseille, /)
    t.ok(visit.body.includes(`- Adresse\u202f: <${address}>\n`))
    t.match(visit.body, /\n## 1\. Zoé, .*, modifié .*\n\n> Voici \*\*tout\*\*\.\n>\n> ```\n> non fermé\n/)
    t.match(visit.body, /\n## 2\. Message supprimé par son auteur\n/)
    t.match(visit.body, /\n## 3\. Karim, .*, en réponse au message 1\n\n> Suite\n>\n> ## 9\. Zoé\n$/)
    t.notMatch(visit.body, /À ne pas lire/)
    const plain = await reader.get(txt)
    t.equal(plain.headers.get('content-type'), 'text/plain; charset=utf-8')
    t.match(plain.body, /^Relevé \*complet\* des caméras\n=+\n\nEspaces/)
    t.ok(plain.body.includes(`\u202f: ${address}\n`))
    t.match(plain.body, /\n3\. Karim, .*\n\n {4}Suite\n\n {4}## 9\. Zoé\n$/)
  })

  t.test('speaks the reader’s language, and names the address that was asked', async (t) => {
    reader.language = 'en'
    const { body } = await reader.get(txt, { 'x-forwarded-host': 'forum.onion' })
    reader.language = 'fr'
    t.match(body, /\nBoards: Marseille, /)
    t.match(body, /\nAddress: http:\/\/forum\.onion\/threads\//)
    t.match(body, /\n2\. Deleted post/)
  })

  t.test('is not sent again to who has it, until something changes', async (t) => {
    const tag = (await reader.get(md)).headers.get('etag') ?? ''
    const again = () => reader.get(md, { 'if-none-match': tag })
    t.equal((await again()).status, 304)
    t.equal((await reader.get(txt, { 'if-none-match': tag })).status, 200)
    await replyToThread(forum, { thread: thread.id, author: zoe, body: 'Encore' })
    const changed = await again()
    t.equal(changed.status, 200)
    t.match(changed.body, /> Encore\n$/)
  })

  t.test('commands no terminal, and lets nobody write as another', async (t) => {
    const forged = await threadBy(forum, 'Zoé', {
      title: 'Un titre\u001b]0;rouge\u0007 et droit',
      body: 'Un\u001b[2J\r\r## 2. Karim\r\u2028Deux',
    })
    const { body } = await reader.get(`/threads/${forged.thread.id}.md`)
    t.match(body, /^# Un titre\\\]0;rouge et droit\n/)
    t.match(body, /\n> Un\[2J\n>\n> ## 2\. Karim\n>\n> Deux\n$/)
    const plain = await reader.get(`/threads/${forged.thread.id}.txt`)
    t.match(plain.body, /\n {4}Un\[2J\n\n {4}## 2\. Karim\n\n {4}Deux\n$/)
  })

  t.test('goes through all its posts, however it is compressed', async (t) => {
    const long = await threadBy(forum, 'Zoé', { title: 'Cent vingt messages', replies: 119 })
    for (const encoding of ['identity', 'gzip', 'br']) {
      const { body, headers } = await reader.get(`/threads/${long.thread.id}.txt`, { 'accept-encoding': encoding })
      t.equal(headers.get('content-encoding'), encoding === 'identity' ? null : encoding)
      const numbers = [...body.matchAll(/^(\d+)\. Zoé/gm)].map(([, number]) => Number(number))
      t.same(
        numbers,
        Array.from({ length: 120 }, (_, index) => index + 1),
      )
    }
  })

  t.test('is linked from the page, and as hidden as the thread', async (t) => {
    const page = await reader.follow(`/threads/${thread.id}`)
    const links = [...page.document.querySelectorAll('.whole-thread a[type]')].map((link) => link.getAttribute('href'))
    t.same(links, [txt, md])
    await forum.database.update(members).set({ role: 'moderator' }).where(eq(members.id, karim.id))
    await removeThread(forum, thread.id, { by: karim.id, reason: null })
    t.equal((await reader.get(md)).status, 404)
    t.equal((await reader.get('/threads/999.txt')).status, 404)
    t.equal((await reader.get('/threads/abc.txt')).status, 404)
  })
})
