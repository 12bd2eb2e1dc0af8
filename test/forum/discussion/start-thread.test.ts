import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'

t.test('starting a thread', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const count = async () => Number((await forum.database.execute(sql`select count(*) from threads`)).rows[0]?.count)

  t.test('from the page of a crossing, its boards are chosen already', async (t) => {
    const crossing = await zoe.get('/cities/marseille/big-data')
    const form = await zoe.get(crossing.document.querySelector('.head .main')?.getAttribute('href') ?? '')
    t.same(form.fields('form.compose').boards, ['marseille', 'big-data'])
    const sent = await zoe.submit(form, 'form.compose', {
      title: '  L’observatoire   de la tranquillité ',
      body: 'Où en est-on ?\r\n\r\nMerci.\r\n',
    })
    t.equal(sent.status, 303)
    t.match(sent.location, /^\/threads\/\d+\/l-observatoire-de-la-tranquillite#post-1$/)
    const thread = await zoe.get(sent.location ?? '')
    t.equal(thread.text('h1'), 'L’observatoire de la tranquillité')
    t.same(thread.texts('.head .boards li'), ['Marseille', 'Big Data'])
    t.same(thread.texts('.prose p'), ['Où en est-on\u202f?', 'Merci.'])
  })

  t.test('what cannot be accepted comes back as it was, all at once', async (t) => {
    const form = await zoe.get('/threads/new')
    const sent = await zoe.submit(form, 'form.compose', { title: 'Hé', body: 'Un long texte…', boards: [] })
    t.equal(sent.status, 422)
    t.match(sent.text('#title-problem'), /au moins 4/)
    t.match(sent.text('#boards-problem'), /au moins une case/)
    t.same(sent.fields('form.compose').body, ['Un long texte…'])
    t.same(sent.fields('form.compose').request_id, form.fields('form.compose').request_id)
    t.match(sent.text('[role=alert]'), /2 points/)
    const empty = await zoe.submit(form, 'form.compose', { title: '', body: '', boards: [] })
    t.equal(empty.status, 422)
    t.match(empty.text('[role=alert]'), /3 points/)
  })

  for (const [why, fields, problem] of [
    ['an empty body', { body: ' \n ' }, /remplir/],
    ['a title that is too long', { title: 'a'.repeat(161) }, /au plus 160/],
    ['a body that is too long', { body: 'a'.repeat(120_001) }, /au plus 120/],
    ['a board that does not exist', { boards: ['marseille', 'atlantide'] }, /n’existe pas/],
    ['a body of which nothing would be seen', { body: '<!-- alert(1) -->' }, /Rien de ce message/],
    [
      'nine boards',
      { boards: ['marseille', 'nice', 'paris', 'lyon', 'lille', 'metz', 'nantes', 'rennes', 'dijon'] },
      /Au plus 8/,
    ],
  ] as const) {
    t.test(`${why} is refused, and nothing is written`, async (t) => {
      const before = await count()
      const good = { title: 'Un bon titre', body: 'Un bon message', boards: ['nice'] }
      const sent = await zoe.post('/threads', { ...good, ...JSON.parse(JSON.stringify(fields)) })
      t.equal(sent.status, 422)
      t.match(sent.text('.problem'), problem)
      t.equal(await count(), before)
    })
  }

  t.test('a look before sending writes nothing and loses nothing', async (t) => {
    const before = await count()
    const form = await zoe.get('/threads/new?board=nice')
    const typed = { title: 'À voir', body: 'Un **aperçu** d’abord', preview: '1' }
    const looked = await zoe.submit(form, 'form.compose', typed)
    t.equal(looked.status, 200)
    t.equal(looked.text('.preview strong'), 'aperçu')
    t.equal(await count(), before)
    const sent = await zoe.submit(looked, 'form.compose', {})
    t.equal(sent.status, 303)
    t.equal(await count(), before + 1)
  })

  t.test('the same form sent twice at once makes one thread', async (t) => {
    const before = await count()
    const form = { title: 'Une seule fois', body: 'Double clic', boards: ['nice', 'drones'], request_id: randomUUID() }
    const answers = await Promise.all([1, 2, 3].map(() => zoe.post('/threads', form)))
    t.equal(new Set(answers.map(({ location }) => location)).size, 1)
    t.ok(answers.every(({ status }) => status === 303))
    t.equal(await count(), before + 1)
    const { rows } = await forum.database.execute(sql`select thread_count from boards where slug = 'drones'`)
    t.same(rows, [{ thread_count: 1 }], 'and is counted once')
  })

  t.test('many at once in the same boards do not stand in each other’s way', async (t) => {
    const boards = [
      ['lille', 'metz', 'drones', 'fichiers'],
      ['metz', 'lille', 'fichiers', 'drones'],
    ]
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        zoe.post('/threads', { title: `Ensemble ${index}`, body: 'Vite', boards: boards[index % 2] ?? [] }),
      ),
    )
    t.ok(answers.every(({ status }) => status === 303))
    const { rows } = await forum.database.execute(sql`
      select crossings.thread_count from crossings join boards on boards.id = crossings.city_id where boards.slug = 'lille'`)
    t.same(rows, [{ thread_count: 20 }, { thread_count: 20 }])
  })

  t.test('signs that turn the direction of a line do not stay in a title', async (t) => {
    const sent = await zoe.post('/threads', { title: 'Texte \u202eurevni\u202c ici', body: 'Oui', boards: ['nice'] })
    t.equal((await zoe.get(sent.location ?? '')).text('h1'), 'Texte urevni ici')
  })

  t.test('needs an account', async (t) => {
    t.equal(
      (await forum.passerBy().get('/threads/new?board=nice')).location,
      '/login?next=%2Fthreads%2Fnew%3Fboard%3Dnice',
    )
  })
})
