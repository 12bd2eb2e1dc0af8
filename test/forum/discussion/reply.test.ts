import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('replying', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const karim = await forum.member('Karim')
  const numbersOf = async (thread: number) => {
    const { rows } = await forum.database.execute<{ numbers: number[] }>(
      sql`select array_agg(number order by number) as numbers from posts where thread_id = ${thread}`,
    )
    return rows[0]?.numbers ?? []
  }

  t.test('a reply stands at the end, and its author is brought to it', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const page = await karim.follow(`/threads/${thread.id}`)
    const sent = await karim.submit(page, 'form.compose', { body: 'Merci **beaucoup** !' })
    t.equal(sent.status, 303)
    t.equal(sent.location, `/threads/${thread.id}/${thread.slug}#post-2`)
    const after = await karim.get(sent.location ?? '')
    t.same(after.texts('.post .member'), ['Zoé', 'Karim'])
    t.equal(after.text('#post-2 strong'), 'beaucoup')
    t.match(after.text('.head .about'), '1 réponse')
  })

  t.test('fifty at once get fifty numbers, none skipped and none twice', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const people = [zoe, karim, await forum.member('Anna'), await forum.member('Bilal')]
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        people[index % 4]?.post(`/threads/${thread.id}/replies`, { body: `Ensemble ${index}` }),
      ),
    )
    t.ok(answers.every((answer) => answer?.status === 303))
    t.same(
      await numbersOf(thread.id),
      Array.from({ length: 51 }, (_, index) => index + 1),
    )
    const { rows } = await forum.database.execute(sql`
      select last_number, reply_count,
             (select array_agg(number order by created_at) = array_agg(number order by number) from posts where thread_id = threads.id) as in_order
      from threads where id = ${thread.id}`)
    t.same(rows, [{ last_number: 51, reply_count: 50, in_order: true }])
  })

  t.test('the same form sent twice at once makes one post', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const form = { body: 'Double clic', request_id: randomUUID() }
    const answers = await Promise.all([1, 2, 3].map(() => karim.post(`/threads/${thread.id}/replies`, form)))
    const later = await karim.post(`/threads/${thread.id}/replies`, form)
    for (const answer of [...answers, later]) {
      t.equal(answer.status, 303)
      t.equal(answer.location, `/threads/${thread.id}/${thread.slug}#post-2`)
    }
    t.same(await numbersOf(thread.id), [1, 2])
  })

  t.test('a form gone back to and filled in anew is a new post', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const request_id = randomUUID()
    await karim.post(`/threads/${thread.id}/replies`, { body: 'Une chose', request_id })
    await karim.post(`/threads/${thread.id}/replies`, { body: 'Une autre', request_id })
    t.same(await numbersOf(thread.id), [1, 2, 3])
  })

  t.test('somebody else’s form with the same id is theirs', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const form = { body: 'La même chose', request_id: randomUUID() }
    await karim.post(`/threads/${thread.id}/replies`, form)
    await zoe.post(`/threads/${thread.id}/replies`, form)
    t.same(await numbersOf(thread.id), [1, 2, 3])
  })

  t.test('answering a post names it, with a way back to it', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { body: 'Qui a lu la page 41 ?' })
    const page = await karim.follow(`/threads/${thread.id}`)
    const form = await karim.get(page.document.querySelector('[data-reply-to="1"]')?.getAttribute('href') ?? '')
    t.match(form.text('.answering'), /message 1 de Zoé/)
    const sent = await karim.submit(form, 'form.compose', { body: 'Moi.' })
    const after = await karim.get(sent.location ?? '')
    t.match(after.text('#post-2 .answered'), /En réponse au message 1 de Zoé Qui a lu la page 41/)
    t.equal(
      after.document.querySelector('#post-2 .answered a')?.getAttribute('href'),
      `/threads/${thread.id}/${thread.slug}#post-1`,
    )
  })

  t.test('quoting brings the words along, said to be theirs', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { body: 'Première ligne\n\nSeconde **ligne**' })
    const page = await karim.follow(`/threads/${thread.id}`)
    const form = await karim.get(page.document.querySelector('[data-quote="1"]')?.getAttribute('href') ?? '')
    const [body = ''] = form.fields('form.compose').body ?? []
    t.equal(body, '@Zoé #1\n> Première ligne\n>\n> Seconde **ligne**\n\n')
    const sent = await karim.submit(form, 'form.compose', { body: `${body}D’accord.` })
    const post = await karim.get(sent.location ?? '')
    t.equal(post.text('#post-2 blockquote strong'), 'ligne')
    t.equal(post.document.querySelector('#post-2 .prose a')?.getAttribute('href'), '/members/Zo%C3%A9')
    t.equal(
      post.document.querySelectorAll('#post-2 .prose a')[1]?.getAttribute('href'),
      `/threads/${thread.id}/posts/1`,
    )
  })

  t.test('a look before sending shows just what the post will be', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const body = '## Titre\n\nMerci @zoe, voir #1 : `code`\n\n| a | b |\n|--|--|\n| 1 | 2 |'
    const page = await karim.follow(`/threads/${thread.id}`)
    const looked = await karim.submit(page, 'form.compose', { body, preview: '1' })
    t.equal(looked.status, 200)
    t.same(await numbersOf(thread.id), [1])
    t.same(looked.fields('form.compose').body, [body])
    const sent = await karim.submit(looked, 'form.compose', {})
    const post = await karim.get(sent.location ?? '')
    const html = (visit: typeof post, selector: string) => visit.document.querySelector(selector)?.innerHTML.trim()
    t.equal(html(looked, '.preview .prose'), html(post, '#post-2 .prose'))
    const fragment = await karim.post('/preview', { body: 'Juste **ceci**' })
    t.equal(fragment.body.trim(), '<p>Juste <strong>ceci</strong></p>')
  })

  t.test('what cannot be accepted comes back as it was', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé', { title: 'Le sujet' })
    const page = await karim.get(`/threads/${thread.id}/${thread.slug}?reply_to=1`)
    const long = 'é'.repeat(120_001)
    const sent = await karim.submit(page, 'form.compose', { body: long })
    t.equal(sent.status, 422)
    t.match(sent.text('#body-problem'), /au plus 120/)
    t.same(sent.fields('form.compose').body, [long])
    t.same(sent.fields('form.compose').reply_to, ['1'])
    t.same(sent.fields('form.compose').request_id, page.fields('form.compose').request_id)
    t.equal(sent.text('h1'), 'Le sujet')
    const nowhere = await karim.post(`/threads/${thread.id}/replies`, { body: 'À qui ?', reply_to: '99' })
    t.equal(nowhere.status, 422)
    t.match(nowhere.text('[role=alert]'), /n’existe pas/)
    t.equal((await karim.post('/threads/999/replies', { body: 'Où ?' })).status, 404)
    t.equal((await karim.post('/threads/999/replies', { body: '' })).status, 404)
  })

  t.test('a post of 100 KB is welcome', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const body = 'Le conseil municipal a délibéré, « comme prévu », hier soir. '.repeat(1_700)
    const sent = await karim.post(`/threads/${thread.id}/replies`, { body })
    t.equal(sent.status, 303)
    const { rows } = await forum.database.execute(
      sql`select body from posts where thread_id = ${thread.id} and number = 2`,
    )
    t.equal(rows[0]?.body, body.trimEnd())
  })

  t.test('nothing of any language is lost on the way', async (t) => {
    const { thread } = await threadBy(forum, 'Zoé')
    const body = 'Élève – « œuf » – שלום – مرحبا – 監視 – 😀👩🏽‍🚒 – e\u0301 – \u0000fin'
    const sent = await karim.post(`/threads/${thread.id}/replies`, { body })
    t.equal(sent.status, 303)
    const { rows } = await forum.database.execute(
      sql`select body from posts where thread_id = ${thread.id} and number = 2`,
    )
    t.equal(rows[0]?.body, 'Élève – « œuf » – שלום – مرحبا – 監視 – 😀👩🏽‍🚒 – é – fin')
  })

  t.test('more often than anybody writes is too often', async (t) => {
    const limited = await startForum(t, { RATE_LIMITS: 'on' })
    const hasty = await limited.member('Pressée')
    const { thread } = await threadBy(limited, 'Pressée')
    for (let count = 0; count < 30; count += 1) {
      await hasty.post(`/threads/${thread.id}/replies`, { body: `Encore ${count}` })
    }
    const refused = await hasty.post(`/threads/${thread.id}/replies`, { body: 'Un mot de trop' })
    t.equal(refused.status, 429)
    t.same(refused.fields('form.compose').body, ['Un mot de trop'], 'and what was typed is still there')
  })
})
