import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('deleting for good', async (t) => {
  const forum = await startForum(t)
  const ada = await forum.member('Ada', 'admin')
  const mira = await forum.member('Mira', 'moderator')
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const { thread, id } = await threadBy(forum, 'Zoé', { title: 'Adresse de Hortensia', replies: 1 })
  const secret = 'hortensia'
  await zoe.post(`/posts/${id}/edit`, { body: 'Hortensia habite ici @Karim', title: 'Adresse de Hortensia' })
  await zoe.post(`/posts/${id}/edit`, { body: 'Hortensia habite là @Karim', title: 'Adresse de Hortensia' })
  const path = `/threads/${thread.id}`
  t.match((await karim.get('/notifications')).body, /Hortensia/)
  await mira.post(`/posts/${id}/hide`, { reason: 'Données personnelles' })

  t.test('is for admins, and needs a reason', async (t) => {
    t.equal((await mira.post(`/posts/${id}/erase`, { reason: 'Non' })).status, 403)
    t.equal((await zoe.post(`/posts/${id}/erase`, { reason: 'Non' })).status, 403)
    t.equal((await ada.post(`/posts/${id}/erase`)).status, 422)
    t.match((await ada.follow(path)).texts('#post-1 .remove'), [/Effacer/])
  })

  t.test('leaves a place, and not a word for anybody', async (t) => {
    t.equal((await ada.post(`/posts/${id}/erase`, { reason: 'Article 17' })).status, 303)
    t.equal((await ada.post(`/posts/${id}/erase`, { reason: 'Article 17' })).status, 303, 'twice is as good as once')
    for (const person of [forum.passerBy(), zoe, karim, mira, ada]) {
      const page = await person.follow(path)
      t.match(page.text('#post-1'), /effacé pour toujours/)
      for (const where of [
        path,
        `${path}.md`,
        `${path}.atom`,
        `/posts/${id}/history`,
        `/search?q=${secret}`,
        '/notifications',
        '/',
        '/members/Zo%C3%A9',
        `/api/v1/posts/${id}`,
      ]) {
        t.notMatch(
          (await person.follow(where)).body.replaceAll(`q=${secret}`, '').replaceAll(`value="${secret}"`, ''),
          /Hortensia habite|Adresse de Hortensia/,
          where,
        )
      }
    }
    const { rows } = await forum.database.execute(sql`
      select posts.body || body_html || excerpt as words, (select count(*)::int from post_versions where post_id = posts.id)
      from posts where id = ${id}`)
    t.same(rows, [{ words: '', count: 0 }])
  })

  t.test('cannot be undone, and stands in the log once, with what the author is told', async (t) => {
    for (const person of [zoe, mira, ada]) {
      t.equal((await person.post(`/posts/${id}/restore`)).status, 403)
      t.not((await person.post(`/posts/${id}/edit`, { body: 'Autre', title: 'Autre' })).status, 303)
    }
    t.match((await mira.get('/moderation/log?kind=erase')).texts('.log li'), [/Article 17/])
    t.match((await zoe.get('/notifications')).text('main'), /effacé pour toujours.*Article 17/)
  })
})

t.test('pinned threads', async (t) => {
  const forum = await startForum(t)
  const mira = await forum.member('Mira', 'moderator')
  const zoe = await forum.member('Zoé')
  const titles = async (path: string) => (await forum.passerBy().get(path)).texts('.thread h3 a')
  const start = async (title: string, boards = ['nice']) => (await threadBy(forum, 'Zoé', { title, boards })).thread.id
  const oldest = await start('Le plus ancien')
  await start('Le suivant')
  await start('Ailleurs', ['metz'])

  t.test('stand first in a board, or everywhere, and are marked', async (t) => {
    t.same(await titles('/cities/nice'), ['Le suivant', 'Le plus ancien'])
    t.equal((await mira.post(`/threads/${oldest}/pin`, { board: 'nice' })).status, 303)
    await mira.post(`/threads/${oldest}/pin`, { board: 'nice' })
    t.same(await titles('/cities/nice'), ['Le plus ancien', 'Le suivant'])
    t.equal((await forum.passerBy().get('/cities/nice')).texts('.pinned').length, 1)
    t.same(await titles('/threads'), ['Ailleurs', 'Le suivant', 'Le plus ancien'])
    await mira.post(`/threads/${oldest}/pin`, { board: '' })
    t.match((await mira.get('/')).text('.told'), 'Le sujet est épinglé.')
    t.same(await titles('/threads'), ['Le plus ancien', 'Ailleurs', 'Le suivant'])
    t.same(await titles('/cities/metz'), ['Le plus ancien', 'Ailleurs'])
    await mira.post(`/threads/${oldest}/remove`)
    t.same(await titles('/cities/metz'), ['Ailleurs'])
    await mira.post(`/threads/${oldest}/restore`)
    await mira.post(`/threads/${oldest}/unpin`, { board: '' })
    await mira.post(`/threads/${oldest}/unpin`, { board: 'nice' })
    t.same(await titles('/cities/nice'), ['Le suivant', 'Le plus ancien'])
    t.equal((await mira.get(`/moderation/log?thread=${oldest}`)).texts('[data-act$=pin]').length, 4)
  })

  t.test('are few, stand in their board only, and are for moderators', async (t) => {
    t.equal((await zoe.post(`/threads/${oldest}/pin`)).status, 403)
    t.equal((await mira.post(`/threads/${oldest}/pin`, { board: 'metz' })).status, 422)
    t.equal((await mira.post(`/threads/${oldest}/pin`, { board: 'nulle-part' })).status, 422)
    const more = await Promise.all(Array.from({ length: 8 }, (_, index) => start(`Encore ${index}`)))
    const answers = await Promise.all(more.map((id) => mira.post(`/threads/${id}/pin`, { board: 'nice' })))
    t.equal(answers.filter(({ status }) => status === 303).length, 5, 'at once too')
    t.equal(answers.filter(({ status }) => status === 422).length, 3)
  })
})
