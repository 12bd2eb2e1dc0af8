import t from 'tap'
import { renderBody } from '../../../src/forum/discussion/render-body.ts'
import type { Problem } from '../../../src/platform/problem.ts'
import { startForum } from '../../support/forum.ts'
import { named } from '../../support/named.ts'

t.test('what somebody writes, among members', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé-Anne')
  await forum.member('Иван')
  const render = (body: string) => renderBody(forum, { body, language: 'fr', thread: { id: 7, lastNumber: 12 } })
  const linked = async (body: string) =>
    [...(await render(body)).html.matchAll(/href="([^"]*)"[^>]*>([^<]*)</g)].map(([, href = '', text]) => [
      decodeURIComponent(href),
      text,
    ])

  t.test('a member is called by any spelling of their name', async (t) => {
    const link = ['/members/Zoé-Anne', '@Zoé-Anne']
    t.same(await linked('@Zoé-Anne @zoeanne @ZOE_ANNE @zoe.anne'), [link, link, link, link])
    t.same(await linked('@иван #12'), [
      ['/members/Иван', '@Иван'],
      ['/threads/7/posts/12', '#12'],
    ])
  })

  t.test('nobody else is', async (t) => t.same(await linked('@Zoe @personne `@Zoé-Anne` #13'), []))

  t.test('the first fifty names are looked for, and no more', async (t) => {
    const strangers = Array.from({ length: 50 }, (_, index) => `@inconnu${index}`).join(' ')
    t.same(await linked(`@zoeanne ${strangers}`), [['/members/Zoé-Anne', '@Zoé-Anne']])
    t.same(await linked(`${strangers} @zoeanne`), [])
  })

  /** What its writer is told. */
  const refusal = (body: string) =>
    render(body).then(
      () => null,
      (error: Problem) => error.fields,
    )

  t.test('nothing is no post', async (t) => {
    for (const body of ['', ' \n\t ']) t.same(await refusal(body), [{ field: 'body', key: 'errors.empty' }])
  })

  for (const body of ['<!-- secret -->', '<!-- alert(1) -->', '<b></b>', '&nbsp;', '---', '\u200b\u2060']) {
    t.test(`${named(body)} would show nothing`, async (t) => {
      t.same(await refusal(body), [{ field: 'body', key: 'posts.nothing_to_see' }])
    })
  }

  t.test('a text that cannot be laid out comes back to its writer', async (t) => {
    const zoe = await forum.member('Zoé')
    const page = await zoe.get('/threads/new')
    const body = '>'.repeat(20_000)
    const sent = await zoe.submit(page, 'form.compose', { title: 'Trop', body, boards: 'nice' })
    t.equal(sent.status, 422)
    t.match(sent.text('#body-problem'), /trop compliqué/)
    t.same(sent.fields('form.compose').body, [body])
  })
})
