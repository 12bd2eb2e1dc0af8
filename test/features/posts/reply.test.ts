import t from 'tap'
import { startForum } from '../../support/forum.ts'

t.test('a member starts a thread and another replies', async (t) => {
  const forum = await startForum(t)
  const alice = await forum.member('Alice')
  const page = await alice.get('/threads/new?board=marseille')
  t.equal(page.status, 200)
  const sent = await alice.submit(page, 'form.compose', { title: 'Bonjour Marseille', body: 'Un **premier** message' })
  t.equal(sent.status, 303)
  const thread = await alice.get(sent.location ?? '')
  t.equal(thread.text('h1'), 'Bonjour Marseille')
  t.equal(thread.text('.prose strong'), 'premier')
  const bob = await forum.member('Bob')
  const read = await bob.follow('/threads/1')
  const reply = await bob.submit(read, 'form.compose', { body: 'Salut @alice' })
  t.equal(reply.status, 303)
  t.match(reply.location, /#post-2$/)
  t.same((await bob.get(reply.location ?? '')).texts('.post .member'), ['Alice', 'Bob'])
})
