import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

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

t.test('a title that comes back has its address back: no browser keeps where another one led', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread, id } = await threadBy(forum, 'Zoé', { title: 'Premier titre' })
  const addresses = [`/threads/${thread.id}`, `/threads/${thread.id}/zzz`, `/threads/${thread.id}/premier-titre?page=1`]
  const mustAskAgain = async (path: string, person = forum.passerBy()) => {
    const visit = await person.get(path)
    t.ok([301, 302, 303].includes(visit.status), path)
    t.match(visit.headers.get('cache-control'), /no-cache|no-store/, path)
  }
  await zoe.post(`/posts/${id}/edit`, { title: 'Second titre', body: 'Voici le relevé.' })
  for (const path of [...addresses, `/threads/${thread.id}/posts/1`, '/members/zoe']) {
    await mustAskAgain(path)
    await mustAskAgain(path, zoe)
  }
  await mustAskAgain('/notifications')
  await zoe.post(`/posts/${id}/edit`, { title: 'Premier titre', body: 'Voici le relevé.' })
  for (const path of addresses) t.equal((await forum.passerBy().follow(path)).status, 200)
})
