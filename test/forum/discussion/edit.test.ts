import t from 'tap'
import { startForum } from '../../support/forum.ts'
import type { Visit } from '../../support/person.ts'
import { threadBy } from '../../support/threads.ts'

const editLink = (visit: Visit, number: number) =>
  visit.document.querySelector(`#post-${number} .actions a[href$="/edit"]`)?.getAttribute('href')

t.test('mending what one wrote', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')

  t.test('the new version is shown, and every former one can be read', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { title: 'Réunion', body: 'La réunion aura lieu jeudi.' })
    const page = await zoe.follow(`/threads/${thread.id}`)
    const form = await zoe.get(editLink(page, 1) ?? '')
    t.same(form.fields('form.compose').body, ['La réunion aura lieu jeudi.'])
    const sent = await zoe.submit(form, 'form.compose', { body: 'La réunion aura lieu vendredi.' })
    t.equal(sent.status, 303)
    const after = await zoe.get(sent.location ?? '')
    t.match(after.text('#post-1 .prose'), 'vendredi')
    t.match(after.text('#post-1 .edited'), 'modifié')

    const history = await karim.get(after.document.querySelector('.edited')?.getAttribute('href') ?? '')
    t.equal(history.texts('.versions li').length, 2)
    t.same(history.texts('.versions li:first-child ins'), ['ajouté\u202f: vendredi'])
    t.same(history.texts('.versions li:first-child del'), ['retiré\u202f: jeudi'])
    t.match(history.text('.versions li:last-child .difference'), 'La réunion aura lieu jeudi.')
  })

  t.test('the first post has the title too; links with the old one still lead there', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { title: 'Reunion de jeudi' })
    const page = await zoe.follow(`/threads/${thread.id}`)
    const form = await zoe.get(editLink(page, 1) ?? '')
    const sent = await zoe.submit(form, 'form.compose', { title: 'Réunion de vendredi' })
    t.equal(sent.location, `/threads/${thread.id}/reunion-de-vendredi#post-1`)
    t.equal((await zoe.follow(`/threads/${thread.id}/${thread.slug}`)).text('h1'), 'Réunion de vendredi')
    const untitled = await zoe.submit(form, 'form.compose', { title: '', version: '1', body: 'Gardé' })
    t.equal(untitled.status, 422)
    t.same(untitled.fields('form.compose').title, [''])
    t.same(untitled.fields('form.compose').body, ['Gardé'])
  })

  t.test('saving without a change leaves no trace', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const form = await zoe.get(editLink(await zoe.follow(`/threads/${thread.id}`), 1) ?? '')
    const after = await zoe.get((await zoe.submit(form, 'form.compose', {})).location ?? '')
    t.equal(after.text('#post-1 .edited'), '')
  })

  t.test('two windows: the one that saves last is told, and keeps what it typed', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { body: 'Départ' })
    const address = editLink(await zoe.follow(`/threads/${thread.id}`), 1) ?? ''
    const [one, other] = [await zoe.get(address), await zoe.get(address)]
    await zoe.submit(one, 'form.compose', { body: 'Première fenêtre' })
    const told = await zoe.submit(other, 'form.compose', { body: 'Seconde fenêtre' })
    t.equal(told.status, 409)
    t.match(told.text('[role=alert]'), /modifié entre-temps/)
    t.match(told.text('.difference'), 'Première')
    t.same(told.fields('form.compose').body, ['Seconde fenêtre'])
    const sent = await zoe.submit(told, 'form.compose', {})
    t.match((await zoe.get(sent.location ?? '')).text('#post-1 .prose'), 'Seconde fenêtre')
    const history = await zoe.get(address.replace('/edit', '/history'))
    t.equal(history.texts('.versions li').length, 3)
  })

  t.test('at the same instant, one is saved and the other told', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { body: 'Départ' })
    const address = editLink(await zoe.follow(`/threads/${thread.id}`), 1) ?? ''
    const form = await zoe.get(address)
    const answers = await Promise.all(['Un', 'Deux', 'Trois'].map((body) => zoe.submit(form, 'form.compose', { body })))
    t.same(answers.map(({ status }) => status).sort(), [303, 409, 409])
  })

  t.test('a look before saving changes nothing', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { body: 'Avant' })
    const form = await zoe.get(editLink(await zoe.follow(`/threads/${thread.id}`), 1) ?? '')
    const looked = await zoe.submit(form, 'form.compose', { body: '**Après**', preview: '1' })
    t.equal(looked.text('.preview strong'), 'Après')
    t.same(looked.fields('form.compose').body, ['**Après**'])
    t.match((await zoe.follow(`/threads/${thread.id}`)).text('#post-1 .prose'), 'Avant')
  })

  t.test('nobody changes the words of another, moderators included', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const address = editLink(await zoe.follow(`/threads/${thread.id}`), 1) ?? ''
    for (const other of [karim, await forum.member('Mira', 'moderator'), await forum.member('Ada', 'admin')]) {
      t.equal(editLink(await other.follow(`/threads/${thread.id}`), 1), undefined)
      t.equal((await other.get(address)).status, 403)
      t.equal((await other.post(address, { body: 'Pris' })).status, 403)
    }
    t.equal((await forum.passerBy().get(address)).location, `/login?next=${encodeURIComponent(address)}`)
    t.equal((await zoe.get('/posts/999/edit')).status, 404)
    t.equal((await zoe.get('/posts/999/history')).status, 404)
  })

  t.test('a post that was never edited has one version', async (t) => {
    const { id } = await threadBy(forum, 'Zoé')
    const history = await karim.get(`/posts/${id}/history`)
    t.match(history.text('main'), /jamais été modifié/)
    t.equal(history.texts('.versions li').length, 1)
  })
})
