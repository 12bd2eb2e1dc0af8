import { eq, sql } from 'drizzle-orm'
import t from 'tap'
import { boardCatalogue } from '../../../src/forum/boards/catalogue.ts'
import { seedBoards } from '../../../src/forum/boards/seed-boards.ts'
import { indexBoard } from '../../../src/forum/search/index-boards.ts'
import { boards } from '../../../src/schema/boards.ts'
import { acts } from '../../../src/schema/moderation.ts'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

t.test('the boards of a forum', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Ada', 'admin')
  const bob = await forum.member('Bob')
  const passerBy = forum.passerBy()
  const lastAct = async () => (await forum.database.select().from(acts).orderBy(sql`id desc`).limit(1))[0]

  t.test('are for admins to make and change', async (t) => {
    for (const path of ['/admin/boards', '/admin/boards/marseille', '/admin/boards/marseille/archive']) {
      t.equal((await bob.post(path, { name_fr: 'À moi' })).status, 403, path)
    }
    t.equal((await bob.get('/admin/boards')).status, 403)
    t.equal((await passerBy.get('/admin/boards')).status, 303)
  })

  t.test('a new one is there at once, on kept pages too', async (t) => {
    t.notMatch((await passerBy.get('/cities')).body, 'Saint-Denis')
    const page = await admin.get('/admin/boards')
    const made = await admin.submit(page, 'form.sheet', {
      ...{ kind: 'city', name_fr: 'Saint-Denis', name_en: '', slug: '', latitude: '48.9362', longitude: '2.3574' },
    })
    t.equal(made.location, '/admin/boards/saint-denis')
    t.match((await admin.follow('/admin/boards/saint-denis')).text('h1'), 'Saint-Denis')
    t.match((await passerBy.get('/cities')).body, 'Saint-Denis')
    t.equal((await passerBy.get('/cities/saint-denis')).status, 200)
    t.match(await lastAct(), { kind: 'board_create', after: { slug: 'saint-denis', latitude: 48.9362 } })
  })

  t.test('come back as they were sent where a field is wrong', async (t) => {
    for (const [field, value] of [
      ['slug', 'Été'],
      ['slug', 'marseille'],
      ['name_fr', ' '],
      ['latitude', '91'],
      ['longitude', ''],
      ['position', '-1'],
      ['kind', 'country'],
    ] as const) {
      const sent = { kind: 'city', name_fr: 'Arles', slug: 'arles', latitude: '43.7', longitude: '4.6', [field]: value }
      const refused = await admin.post('/admin/boards', sent)
      t.equal(refused.status, 422, field)
      t.ok(refused.text(`#${field}-problem`), field)
      t.equal(refused.fields('section form.sheet').summary_fr?.[0], '')
    }
    t.equal((await passerBy.get('/cities/arles')).status, 404)
    const refused = await admin.post('/admin/boards/marseille', { kind: 'technology' })
    t.equal(refused.status, 422)
  })

  t.test('keep every old address when they are renamed', async (t) => {
    await threadBy(forum, 'Bob', { boards: ['nice', 'big-data'] })
    await admin.post('/admin/boards/nice', { slug: 'nice-cote-d-azur' })
    await admin.post('/admin/boards/nice', { slug: 'nissa', name_fr: 'Nissa la bella' })
    for (const old of ['nice', 'nice-cote-d-azur']) {
      for (const [from, to] of [
        [`/cities/${old}?sort=new`, '/cities/nissa?sort=new'],
        [`/cities/${old}/big-data`, '/cities/nissa/big-data'],
        [`/cities/${old}.atom`, '/cities/nissa.atom'],
        [`/cities/${old}/big-data.json`, '/cities/nissa/big-data.json'],
        [`/api/v1/cities/${old}`, '/api/v1/cities/nissa'],
      ] as const) {
        const answer = await passerBy.get(from)
        t.equal(answer.status, 301, from)
        t.equal(answer.location, to)
        t.equal((await passerBy.get(to)).status, 200, to)
      }
    }
    t.match(await lastAct(), { kind: 'board_change', before: { slug: 'nice-cote-d-azur' }, after: { slug: 'nissa' } })
    t.equal((await admin.post('/admin/boards', { kind: 'city', name_fr: 'Nice', slug: 'nice' })).status, 422)
    t.equal(await seedBoards(forum.database), 0, 'a restart does not bring the old one back')
    const { withSlug } = await boardCatalogue(forum)
    await indexBoard(forum, withSlug('nissa')?.id ?? 0, 0)
    t.match((await passerBy.get('/search?q=nissa')).text('main'), 'Relevé de caméras')
    await admin.post('/admin/boards/nissa', { slug: 'nice' })
    t.equal((await passerBy.get('/cities/nice')).status, 200)
    t.equal((await passerBy.get('/cities/nissa')).location, '/cities/nice')
  })

  t.test('take no thread and are not offered while they are archived', async (t) => {
    const { thread } = await threadBy(forum, 'Bob', { boards: ['lyon'], title: 'Vieux sujet' })
    await admin.post('/admin/boards/lyon/archive')
    await admin.post('/admin/boards/lyon/archive')
    t.match(await lastAct(), { kind: 'board_archive', before: { archived: false }, after: { archived: true } })
    const page = await passerBy.get('/cities/lyon')
    t.match(page.text('main'), 'Vieux sujet')
    t.match(page.text('.notice'), 'archivé')
    t.notOk(page.document.querySelector('main [href^="/threads/new"]'))
    const refused = await bob.post('/threads', { title: 'Nouveau', body: 'Texte', boards: 'lyon' })
    t.equal(refused.status, 422)
    t.match(refused.text('#boards-problem'), 'archivé')
    t.notMatch((await passerBy.get('/')).document.querySelector('.map')?.innerHTML, 'lyon')
    for (const path of ['/cities', '/search', '/register', '/sitemap.xml']) {
      t.notMatch((await passerBy.get(path)).body, /\/lyon|value="lyon"/, path)
    }
    t.notMatch((await bob.get('/threads/new')).body, 'value="lyon"')
    t.equal((await bob.post(`/threads/${thread.id}/replies`, { body: 'Encore une réponse' })).status, 303)
    const move = await admin.get(`/threads/${thread.id}/move`)
    const moved = await admin.submit(move, 'form.compose', { boards: ['lyon', 'paris'] })
    t.equal(moved.status, 303, 'a thread that stands there may stay')
    await admin.post('/admin/boards/lyon/unarchive')
    t.equal((await bob.post('/threads', { title: 'Nouveau', body: 'Texte', boards: 'lyon' })).status, 303)
  })

  t.test('are set back from the log, unless they have changed again since', async (t) => {
    await admin.post('/admin/boards/rennes', { slug: 'roazhon', summary_fr: 'Une faute', position: '3' })
    const log = await admin.get('/moderation/log?kind=board_change')
    t.match(log.text('[data-act]'), /Adresse\u202f: rennes →puis roazhon.*Rang\u202f: \d+ →puis 3/s)
    const undone = await admin.submit(log, 'form[action="/admin/boards/roazhon/undo"]', {})
    t.equal(undone.location, '/moderation/log')
    t.match(await lastAct(), { before: { slug: 'roazhon', position: 3 }, after: { slug: 'rennes' } })
    t.equal((await passerBy.get('/cities/roazhon')).location, '/cities/rennes')
    t.notMatch((await passerBy.get('/cities/rennes')).text('main'), 'Une faute')
    const again = await admin.submit(log, 'form[action="/admin/boards/roazhon/undo"]', {})
    t.equal(again.status, 409)
    t.match(again.text('main'), 'a encore changé depuis')

    await admin.post('/admin/boards/rennes/archive')
    const archived = await admin.get('/moderation/log?kind=board_archive')
    await admin.submit(archived, 'form[action="/admin/boards/rennes/undo"]', {})
    t.match(await lastAct(), { kind: 'board_unarchive' })

    const { id: act } = (await lastAct()) ?? {}
    t.equal((await admin.post('/admin/boards/paris/undo', { act: `${act}` })).status, 404, 'an act of another board')
    const moderator = await forum.member('Camille', 'moderator')
    t.equal((await moderator.post('/admin/boards/rennes/undo', { act: `${act}` })).status, 403)
    t.notMatch((await moderator.get('/moderation/log')).text('main'), 'Défaire ce changement')
  })

  t.test('become one, with all that stands in them', async (t) => {
    const idOf = async (slug: string) => (await boardCatalogue(forum)).withSlug(slug)?.id ?? 0
    const [from, into] = [await idOf('toulouse'), await idOf('montpellier')]
    const one = await threadBy(forum, 'Bob', { boards: ['toulouse', 'big-data'], title: 'Du premier' })
    await threadBy(forum, 'Bob', { boards: ['toulouse', 'montpellier', 'big-data'], title: 'Des deux' })
    await threadBy(forum, 'Bob', { boards: ['montpellier'], title: 'Du second' })
    await bob.post('/boards/toulouse/subscription', { level: 'watching' })
    await bob.post('/boards/montpellier/subscription', { level: 'muted' })
    await bob.post('/cities/toulouse/big-data/subscription', { level: 'following' })
    await threadBy(forum, 'Ada', { boards: ['toulouse'], title: 'Annoncé' })
    await admin.post(`/threads/${one.thread.id}/pin`, { board: 'toulouse' })

    for (const wrong of ['toulouse', 'big-data', 'nulle-part', '']) {
      const refused = await admin.post('/admin/boards/toulouse/merge', { into: wrong })
      t.equal(refused.status, 422, wrong)
      t.ok(refused.text('#into-problem'), wrong)
      t.ok(refused.document.querySelector('details[open] form[action$="/merge"]'), 'unfolded, to be seen')
    }
    await admin.post('/admin/boards/toulouse/archive')
    const { id: act } = (await lastAct()) ?? {}
    await admin.post('/admin/boards/montpellier/archive')
    const merged = await admin.post('/admin/boards/toulouse/merge', { into: 'montpellier' })
    t.equal(merged.location, '/admin/boards/montpellier')
    const undone = await admin.post('/admin/boards/montpellier/undo', { act: `${act}` })
    t.equal(undone.status, 409, 'what was done with the one that is gone is not undone with the one that stays')
    t.match(undone.text('main'), 'a encore changé depuis')

    t.equal((await passerBy.get('/cities/toulouse')).location, '/cities/montpellier')
    t.equal((await passerBy.get('/cities/toulouse/big-data.atom')).location, '/cities/montpellier/big-data.atom')
    const page = await passerBy.get('/cities/montpellier')
    for (const title of ['Du premier', 'Des deux', 'Du second', 'Annoncé']) {
      t.equal(page.texts('.thread h2, .thread h3').filter((shown) => shown.includes(title)).length, 1, title)
    }
    const counts = await forum.database.execute(sql`
      select thread_count::int as count, (select count(*)::int from thread_boards where board_id = ${into}) as stand,
        (select thread_count from crossings where city_id = ${into} and technology_id = ${await idOf('big-data')}) as crossed
      from boards where id = ${into}`)
    t.same(counts.rows, [{ count: 4, stand: 4, crossed: 2 }])
    const levels = await forum.database.execute(sql`
      select level from board_subscriptions where board_id = ${into}
      union all select level from crossing_subscriptions where city_id = ${into}`)
    t.same(levels.rows, [{ level: 'watching' }, { level: 'following' }])
    const told = await forum.database.execute(sql`select board_id as board from notifications where kind = 'thread'`)
    t.same(told.rows, [{ board: into }])
    for (const query of ['q=premier&board=montpellier', 'q=premier&board=toulouse', 'q=premier+city:toulouse']) {
      const found = await passerBy.get(`/search?${query}`)
      t.match(found.text('.hits'), 'Du premier', query)
      t.equal(found.text('.search-note'), '', query)
      if (query.includes('&')) t.same(found.fields('form.search-form').board, ['montpellier'], query)
    }
    t.same(await forum.database.select().from(boards).where(eq(boards.id, from)), [])
    t.match(await lastAct(), { kind: 'board_merge', boardId: into, before: { merged: 'toulouse' } })
    t.equal((await admin.post('/admin/boards/montpellier/unarchive')).status, 303)
    t.equal(await seedBoards(forum.database), 0)
    const toWrite = await bob.get('/threads/new?board=toulouse')
    t.same(toWrite.fields('#thread').boards, ['montpellier'], 'an old link to write there chooses it too')
    const again = await bob.post('/threads', { title: '', body: 'Texte', boards: 'toulouse' })
    t.same(again.fields('form.compose').boards, ['montpellier'], 'of a form that was opened before')
    t.equal((await bob.post('/threads', { title: 'Nouveau', body: 'Texte', boards: 'toulouse' })).status, 303)
  })

  t.test('are merged while people write in them, and nothing is lost', async (t) => {
    const { thread } = await threadBy(forum, 'Bob', { boards: ['lille'], title: 'Pendant ce temps' })
    const answers = await Promise.all([
      admin.post('/admin/boards/lille/merge', { into: 'paris' }),
      ...[1, 2, 3].map((number) => bob.post(`/threads/${thread.id}/replies`, { body: `Réponse ${number}` })),
      ...[1, 2, 3].map((number) => bob.post('/threads', { title: `Fil ${number}`, body: 'Texte', boards: 'lille' })),
      bob.post('/boards/lille/subscription', { level: 'following' }),
    ])
    t.equal(answers[0]?.status, 303)
    t.same(
      answers.filter(({ status }) => status !== 303 && status !== 409),
      [],
    )
    const { rows } = await forum.database.execute(sql`
      select threads.id from threads where not exists (
        select from unnest(board_ids) as board join boards on boards.id = board) or exists (
        select from unnest(board_ids) as board where not exists (select from boards where boards.id = board))`)
    t.same(rows, [])
  })
})
