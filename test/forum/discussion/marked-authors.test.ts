import t from 'tap'
import { changeRole } from '../../../src/forum/members/administer-member.ts'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('posts say who started the thread, and who moderates', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const mira = await forum.member('Mira', 'moderator')
  const { thread } = await threadBy(forum, 'Zoé')
  const path = `/threads/${thread.id}/${thread.slug}`
  for (const member of [karim, zoe, mira]) await member.post(`/threads/${thread.id}/replies`, { body: 'Un mot' })
  const roles = async (reader = forum.passerBy()) => {
    const { document } = await reader.get(path)
    return [...document.querySelectorAll('.post h2')].map((head) =>
      [...head.querySelectorAll('.role')].map(({ textContent }) => textContent).join(),
    )
  }
  const ROLES = ['', '', 'a ouvert le sujet', 'Modération']

  t.test('to everybody, in their language', async (t) => {
    t.same(await roles(), ROLES)
    t.same(await roles(karim), ROLES)
    const english = forum.passerBy()
    await english.post('/settings', { language: 'en' })
    t.same(await roles(english), ['', '', 'started this thread', 'Moderator'])
  })

  t.test('as they are now: a page that is kept is outdated by another role', async (t) => {
    t.same(await roles(), ROLES)
    await changeRole(forum, 'Zoé', 'admin')
    await changeRole(forum, 'Mira', 'member')
    const now = ['Administration', '', 'a ouvert le sujet,Administration', '']
    t.same(await roles(), now)
    t.same(await roles(karim), now)
  })

  t.test('a deleted post says nothing of who wrote it', async (t) => {
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Finalement non' })
    const { document } = await zoe.get(path)
    const id = document.querySelector('#post-5')?.getAttribute('data-id')
    await zoe.post(`/posts/${id}/delete`)
    t.equal((await roles()).at(4), '')
  })
})
