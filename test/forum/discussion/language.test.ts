import { sql } from 'drizzle-orm'
import t from 'tap'
import { renderOldPosts } from '../../../src/forum/discussion/render-old-posts.ts'
import { startForum } from '../../support/forum.ts'
import { follow } from '../../support/live-window.ts'
import { threadBy } from '../../support/threads.ts'

const FRENCH = 'La mairie n’a pas répondu à notre demande de communication des marchés publics.'
const ENGLISH = 'The council has not answered our request for the contracts of the cameras !'
const ARABIC = 'لم ترد البلدية على طلبنا بخصوص كاميرات المراقبة في الشوارع.'

t.test('the language of what is written', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const post = (page: { document: Document }, number: number) => page.document.querySelector(`#post-${number} .prose`)

  t.test('stands with each post, and with the title of its thread', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { title: 'Who has the "contracts" ?', body: ENGLISH })
    const reply = (body: string) => karim.post(`/threads/${thread.id}/replies`, { body, reply_to: '1' })
    for (const body of [FRENCH, ARABIC, 'Ok']) t.equal((await reply(body)).status, 303)
    const page = await zoe.follow(`/threads/${thread.id}`)
    t.equal(page.document.querySelector('h1')?.lang, 'en')
    t.equal(page.text('h1'), 'Who has the “contracts” ?')
    t.same(
      [1, 2, 3, 4].map((number) => post(page, number)?.getAttribute('lang')),
      ['en', null, 'ar', null],
      'those that are in the language of the page need no mark',
    )
    t.equal(page.document.querySelector<HTMLElement>('#post-2 .answered q')?.lang, 'en')
    t.same(
      [1, 2, 3].map((number) => post(page, number)?.getAttribute('dir')),
      ['auto', 'auto', 'rtl'],
    )
    t.match(post(page, 1)?.textContent, 'cameras !', 'an English text keeps its spaces')
    const line = (await zoe.get('/threads')).document.querySelector<HTMLElement>(`a[href*="/threads/${thread.id}/"]`)
    t.equal(line?.lang, 'en')
  })

  t.test('arrives live too', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const window = await follow(t, forum.origin, { thread: thread.id, after: 1 })
    await karim.post(`/threads/${thread.id}/replies`, { body: ARABIC })
    await window.until(() => window.posts.length > 0)
    t.match(window.posts[0], { html: /<div class="prose" dir="rtl" lang="ar">/ })
  })

  t.test('is told of in notifications', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { body: FRENCH })
    await karim.post(`/threads/${thread.id}/replies`, { body: ENGLISH, reply_to: '1' })
    const page = await zoe.get('/notifications')
    const excerpts = [...page.document.querySelectorAll<HTMLElement>('.excerpt')]
    t.equal(excerpts.find(({ textContent }) => textContent?.includes('council'))?.lang, 'en')
  })

  t.test('is shown before it is sent', async (t) => {
    const looked = await zoe.post('/preview', { body: ENGLISH })
    t.equal(looked.headers.get('content-language'), 'en')
    const chosen = await zoe.post('/preview', { body: ENGLISH, language: 'fr' })
    t.equal(chosen.headers.get('content-language'), 'fr')
    t.match(chosen.body, 'cameras\u202f!')
    const fields = { title: 'Contracts', body: ENGLISH, boards: 'nice', preview: '1' }
    t.equal((await zoe.post('/threads', fields)).document.querySelector<HTMLElement>('.preview .prose')?.lang, 'en')
  })

  t.test('is corrected by who wrote it, which is no other version', async (t) => {
    const { id, thread } = await threadBy(forum, 'Zoé', { title: 'Contracts, please', body: 'Who has them?' })
    const before = await karim.follow(`/threads/${thread.id}`)
    t.equal(before.document.querySelector('h1')?.getAttribute('lang'), null, 'too short to tell')
    const form = await zoe.get(`/posts/${id}/edit`)
    t.same(form.fields('form.compose').language, [''])
    t.equal(form.text('select[name=language] option[value=""]'), 'Devinée\u202f: français')
    const sent = await zoe.submit(form, 'form.compose', { language: 'en' })
    t.equal(sent.status, 303)
    const after = await karim.follow(`/threads/${thread.id}`)
    t.equal(after.document.querySelector('h1')?.lang, 'en')
    t.equal(post(after, 1)?.getAttribute('lang'), 'en')
    t.equal(after.text('#post-1 .edited'), '')
    t.equal((await karim.get(`/posts/${id}/history`)).texts('.versions li').length, 1)

    const again = await zoe.get(`/posts/${id}/edit`)
    t.same(again.fields('form.compose').language, ['en'])
    await zoe.submit(again, 'form.compose', { body: FRENCH })
    t.equal(post(await karim.follow(`/threads/${thread.id}`), 1)?.getAttribute('lang'), 'en', 'and stays as chosen')
    await zoe.submit(await zoe.get(`/posts/${id}/edit`), 'form.compose', { language: '' })
    t.equal(
      post(await karim.follow(`/threads/${thread.id}`), 1)?.getAttribute('lang'),
      null,
      'until it is guessed again',
    )
  })

  t.test('a language that there is not is refused, and nothing is lost', async (t) => {
    const { id } = await threadBy(forum, 'Zoé', { body: FRENCH })
    const odd = await zoe.post(`/posts/${id}/edit`, { title: 'Un titre', body: 'Gardé', language: 'klingon' })
    t.equal(odd.status, 422)
    t.same(odd.fields('form.compose').body, ['Gardé'])
  })

  t.test('is guessed for what was written before, unless it was chosen', async (t) => {
    const guessed = await threadBy(forum, 'Zoé', { body: ENGLISH })
    const chosen = await threadBy(forum, 'Zoé', { body: ENGLISH })
    await forum.database.execute(sql`
      update posts set language = 'fr', html_version = 1, language_chosen = id = ${chosen.id}
      where id in (${guessed.id}, ${chosen.id})`)
    await forum.database.execute(sql`update threads set language = 'fr'`)
    await renderOldPosts(forum, 0)
    const langOf = async (id: number) => {
      const page = await karim.follow(`/threads/${id}`)
      return [page.document.querySelector('h1'), post(page, 1)].map((one) => one?.getAttribute('lang'))
    }
    t.same(await langOf(guessed.thread.id), ['en', 'en'])
    t.same(await langOf(chosen.thread.id), [null, null])
  })
})
