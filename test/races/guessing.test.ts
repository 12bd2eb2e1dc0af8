import t from 'tap'
import { atOnce } from '../support/at-once.ts'
import { PASSWORD, startForum } from '../support/forum.ts'

t.test('a member gets in while somebody guesses with all their might', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  await forum.member('Assiégée')
  const logIn = (password: string, place: string) =>
    forum.passerBy().post('/login', { username: 'Assiégée', password }, { 'x-forwarded-for': place })
  const sent = await atOnce(121, async (index) => {
    if (index === 120) return (await logIn(PASSWORD, '203.0.113.7')).status
    return (await logIn('au hasard, encore', '192.0.2.1')).status
  })
  const statuses = sent.map((one) => (one.status === 'fulfilled' ? one.value : one.reason))
  t.equal(statuses.pop(), 303)
  t.ok(statuses.filter((status) => status === 422).length <= 10)
  t.ok(statuses.every((status) => status === 422 || status === 429))
})
