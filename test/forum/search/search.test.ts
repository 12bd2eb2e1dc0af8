import t from 'tap'
import { startForum } from '../../support/forum.ts'
import type { Person, Visit } from '../../support/person.ts'
import { threadBy } from '../../support/threads.ts'

const hitsOf = (visit: Visit) =>
  [...visit.document.querySelectorAll('li[data-hit]')].map(
    (hit) => `${hit.getAttribute('data-hit')} ${hit.getAttribute('data-id')}`,
  )

const search = (person: Person, query: Record<string, string>) =>
  person.get(`/search?${new URLSearchParams(query).toString()}`)

t.test('what was written is found', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const reader = forum.passerBy()
  const started = await threadBy(forum, 'Zoé', {
    title: 'Caméras à la gare Saint-Charles',
    body: 'La préfecture a fait installer **quarante caméras** au parvis.',
  })
  const thread = started.thread.id
  await zoe.post(`/threads/${thread}/replies`, { body: 'Le marché vaut 1 500 000 €, selon l’appel d’offres.' })

  t.test('in its thread alone, from its page, once somebody has replied', async (t) => {
    const page = await reader.get(`/threads/${thread}/${started.thread.slug}`)
    const fields = page.fields('form.within')
    t.same(fields, { thread: [`${thread}`], q: [''] })
    t.equal(hitsOf(await search(reader, { thread: `${thread}`, q: 'appel' })).length, 1)
    const alone = await threadBy(forum, 'Zoé', { title: 'Rien encore', body: 'Personne n’a répondu.' })
    const { document } = await reader.get(`/threads/${alone.thread.id}/${alone.thread.slug}`)
    t.equal(document.querySelector('form.within'), null)
  })

  t.test('by a word of its title, as the thread', async (t) => {
    const page = await search(reader, { q: 'gare' })
    t.equal(page.status, 200)
    t.same(hitsOf(page), [`thread ${thread}`])
    t.equal(page.text('.hits h3 mark'), 'gare')
  })

  t.test('by a word of a post, as the post, with the word marked', async (t) => {
    const page = await search(reader, { q: 'marché' })
    t.equal(
      page.document.querySelector('li[data-hit="post"] h3 a')?.getAttribute('href'),
      `/threads/${thread}/${started.thread.slug}#post-2`,
    )
    t.equal(page.text('.hits .excerpt mark'), 'marché')
    t.match(page.text('.hits .excerpt'), /Le marché vaut/)
  })

  t.test('however it is spelt', async (t) => {
    for (const q of [
      '1500000',
      'saint charles',
      'Saint-Charles',
      'prefecture',
      'installées',
      'camera',
      "l'appel",
      'OFFRE',
    ]) {
      t.equal(hitsOf(await search(reader, { q })).length, 1, q)
    }
  })

  t.test('until it is deleted, and again once it is restored', async (t) => {
    const [hit = ''] = hitsOf(await search(reader, { q: 'marché' }))
    const post = hit.split(' ')[1]
    await zoe.post(`/posts/${post}/delete`)
    t.same(hitsOf(await search(reader, { q: 'marché' })), [])
    await zoe.post(`/posts/${post}/restore`)
    t.same(hitsOf(await search(reader, { q: 'marché' })), [hit])
  })
})
