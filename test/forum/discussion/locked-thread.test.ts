import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('a closed thread', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const moderator = await forum.member('Modeste', 'moderator')
  const { thread } = await threadBy(forum, 'Zoé', { replies: 1 })
  const path = `/threads/${thread.id}/${thread.slug}`
  const lists = ['/', '/cities/marseille', '/cities/marseille?sort=new']
  for (const list of lists) {
    t.equal((await forum.passerBy().get(list)).document.querySelector('.thread .locked'), null)
  }
  t.ok((await zoe.get(path)).document.querySelector('[data-reply-to]'), 'is open at first')
  await moderator.post(`/threads/${thread.id}/lock`)

  t.test('offers nothing that would be refused, and says so where one would reply', async (t) => {
    for (const person of [zoe, forum.passerBy()]) {
      for (const address of [path, `${path}?quote=1`]) {
        const page = await person.get(address)
        t.equal(page.document.querySelector('[data-reply-to], [data-quote], form#reply, .invitation'), null)
        t.match(page.text('#reply'), 'Ce sujet est fermé')
        const below = page.document
          .querySelector('.posts')
          ?.compareDocumentPosition(page.document.querySelector('#reply') ?? page.document)
        t.equal(below, 4, 'after the posts')
      }
    }
    t.ok((await zoe.get(path)).document.querySelector('#post-1 a[href$="/edit"]'), 'what is one’s own may be changed')
  })

  t.test('gives back what was being written, with the way back to it', async (t) => {
    const late = await zoe.post(`/threads/${thread.id}/replies`, { body: 'Un mot de plus' })
    t.equal(late.status, 403)
    t.match(late.text('main textarea'), 'Un mot de plus')
    t.equal(late.document.querySelector('main .lead a')?.getAttribute('href'), path)
  })

  t.test('is still open to moderators', async (t) => {
    const page = await moderator.get(path)
    t.ok(page.document.querySelector('[data-reply-to]'))
    t.ok(page.document.querySelector('form#reply'))
  })

  t.test('is marked in lists, for everybody', async (t) => {
    for (const person of [zoe, forum.passerBy()]) {
      for (const list of lists) t.equal((await person.get(list)).text('.thread .locked'), 'Sujet fermé', list)
    }
  })

  t.test('is as before once it is open again', async (t) => {
    await moderator.post(`/threads/${thread.id}/unlock`)
    t.ok((await zoe.get(path)).document.querySelector('[data-reply-to]'))
    for (const list of lists) t.equal((await forum.passerBy().get(list)).text('.thread .locked'), '')
  })
})

t.test('a post or page that a thread does not have leads to the thread', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const path = `/threads/${thread.id}/${thread.slug}`
  for (const address of [`/threads/${thread.id}/posts/99`, `${path}?page=9`]) {
    const missing = await forum.passerBy().get(address)
    t.equal(missing.status, 404)
    t.equal(missing.document.querySelector(`main a[href="${path}"]`)?.textContent, 'Relevé de caméras')
  }
  t.equal((await forum.passerBy().get('/threads/99/posts/1')).document.querySelector('main .lead a'), null)
})
