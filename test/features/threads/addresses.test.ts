import t from 'tap'
import { startForum } from '../../support/forum.ts'

t.test('a thread is found again under the address it was given, in any script', async (t) => {
  const forum = await startForum(t)
  const member = await forum.member('Zoé')
  for (const title of [
    'Les caméras de l’hôtel de ville',
    '서울 감시 카메라 설치 현황',
    'Камеры на площади',
    '監視カメラについて',
    'คาเมราในเมือง',
    '𐐨𐐩𐐪𐐫 𐐬𐐭𐐮',
    'é'.repeat(160),
  ]) {
    const sent = await member.post('/threads', { title, body: 'Texte', boards: 'nice' })
    t.equal(sent.status, 303, title)
    const thread = await member.get(sent.location ?? '')
    t.equal(thread.status, 200, title)
    t.equal(thread.text('h1'), title)
  }
})
