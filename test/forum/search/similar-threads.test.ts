import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('while a title is typed, threads that are like it are found', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  await threadBy(forum, 'Zoé', { title: 'La carte des caméras de Nice', boards: ['nice', 'videosurveillance'] })
  const { thread: gone } = await threadBy(forum, 'Zoé', { title: 'La carte des cameras à Nice', boards: ['nice'] })
  await threadBy(forum, 'Zoé', { title: 'Drones au-dessus du port', boards: ['marseille', 'videosurveillance'] })
  await zoe.post('/posts/2/delete')
  const titles = async (title: string, person = zoe) => {
    const answer = await person.get(`/threads/similar?${new URLSearchParams({ title })}`)
    return answer.status === 200
      ? JSON.parse(answer.body).threads.map((thread: { title: string }) => thread.title)
      : answer.status
  }
  t.same(await titles('carte des camera de nice'), ['La carte des caméras de Nice'])
  t.ok(gone.id, 'what is out of sight is not told')
  t.same(await titles('Vidéosurveillance : Marseille'), [], 'a board is not a title')
  t.same(await titles('Carte'), [], 'one word says nothing yet')
  t.same(await titles('x'.repeat(3_000)), 400)
  t.equal(await titles('carte des caméras', forum.passerBy()), 303, 'nobody without an account')
})
