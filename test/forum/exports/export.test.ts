import { eq, getTableColumns, sql } from 'drizzle-orm'
import t from 'tap'
import { keepRetention } from '../../../src/forum/administration/keep-retention.ts'
import { askExport } from '../../../src/forum/exports/ask-export.ts'
import { makeExports } from '../../../src/forum/exports/make-exports.ts'
import { daysBefore, RETENTION } from '../../../src/forum/retention.ts'
import { dataExportChunks, dataExports } from '../../../src/schema/exports.ts'
import { members, sessions } from '../../../src/schema/members.ts'
import { posts } from '../../../src/schema/posts.ts'
import { COLUMNS_OF_MEMBERS, COLUMNS_THAT_NAME_MEMBERS, OWN_COLUMNS } from '../../support/columns-of-members.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import type { Person } from '../../support/person.ts'
import { idOf, threadBy } from '../../support/threads.ts'
import { unzipped } from '../../support/unzipped.ts'

const PATH = '/settings/data/export'

async function archiveOf(person: Person, origin: string) {
  const response = await fetch(origin + PATH, { headers: { cookie: person.cookieHeader } })
  const bytes = Buffer.from(await response.arrayBuffer())
  return { response, bytes, files: unzipped(bytes) }
}

t.test('an archive of all that is theirs', async (t) => {
  const forum = await startForum(t)

  t.test('says what there is before it is there', async (t) => {
    const alma = await forum.member('Alma')
    t.match((await alma.get(PATH)).text('main'), /Aucune archive/)
    const asked = await alma.submit(await alma.get('/settings/data'), 'form[action$=export]', {})
    t.equal(asked.location, PATH)
    t.match((await alma.get(PATH)).text('main'), /se prépare/)
    t.match((await alma.get('/settings/data')).text('main'), /se prépare/)
    t.equal((await forum.passerBy().get(PATH)).status, 303, 'nobody else has any')
  })

  t.test('holds a page to read and JSON, with every version', async (t) => {
    const brune = await forum.member('Brune')
    const id = await idOf(forum, 'Brune')
    await brune.post('/settings', { biography: 'Vit à <Marseille>', language: 'fr' })
    await brune.post('/boards/nice/subscription', { level: 'following' })
    await brune.post('/members/Alma/mute')
    await brune.post('/search/subscription', { q: 'drone', level: 'following' })
    const { thread } = await threadBy(forum, 'Brune', { body: 'Vu **trois** caméras.', replies: 120 })
    const [post] = await forum.database.select().from(posts).where(eq(posts.threadId, thread.id))
    await brune.submit(await brune.get(`/posts/${post?.id}/edit`), 'form.compose', {
      body: 'Vu quatre caméras </pre><script>.',
    })
    await brune.post('/settings/tokens', { name: 'mon robot', scopes: 'read' })
    await brune.post(PATH)
    await makeExports(forum)
    const { response, bytes, files } = await archiveOf(brune, forum.origin)
    t.equal(response.headers.get('content-type'), 'application/zip')
    t.equal(response.headers.get('content-length'), String(bytes.length))
    t.match(response.headers.get('content-disposition'), /attachment/)
    t.match(response.headers.get('cache-control'), /no-store/)
    const read = (name: string) => JSON.parse(files.get(`${name}.json`) ?? '')
    t.match(read('profile'), { username: 'Brune', biography: 'Vit à <Marseille>', email: null })
    t.match(read('profile'), { searches: ['drone'], ignored: ['Alma'] })
    const written = read('posts')
    t.equal(written.length, 121)
    t.match(written[0], { body: /quatre/, former_versions: [{ body: 'Vu **trois** caméras.' }] })
    t.match(read('subscriptions').boards, [{ board: 'nice', level: 'following' }])
    t.match(read('tokens'), [{ name: 'mon robot' }])
    t.notMatch(files.get('tokens.json'), /contrechamp_/)
    t.match(read('sessions'), [{ device: '' }])
    for (const name of ['notifications', 'moderation', 'settings']) t.ok(read(name))
    const page = files.get('index.html') ?? ''
    t.match(page, /Données de Brune/)
    t.match(page, /&#60;\/pre&#62;&#60;script&#62;/)
    t.notMatch(page, /<script/)
    t.notMatch([...files.values()].join(), /argon2|\$2/)
    t.match((await brune.get('/notifications')).text('main'), /archive de vos données/)
    await keepRetention(forum, daysBefore(new Date(), -8))
    t.equal((await forum.database.select().from(dataExportChunks).where(eq(dataExportChunks.memberId, id))).length, 0)
    t.match((await brune.get(PATH)).text('main'), /Aucune archive/)
  })

  t.test(
    'holds every column that names its member, or says why not; and of who is erased each is empty, or says why not',
    async (t) => {
      const forum = await startForum(t)
      const { database } = forum
      await forum.member('Alma')
      await threadBy(forum, 'Alma')
      const brune = await forum.member('Brune')
      await threadBy(forum, 'Brune', { title: 'Sujet de marque', body: 'La marque du message.' })
      const named = await database.execute<{ column: string }>(sql.raw(COLUMNS_THAT_NAME_MEMBERS))
      t.same(
        named.rows.map(({ column }) => column),
        Object.keys(COLUMNS_OF_MEMBERS).sort(),
      )
      t.same(
        Object.keys(OWN_COLUMNS),
        Object.values(getTableColumns(members)).map(({ name }) => name),
      )
      const columns = Object.entries(COLUMNS_OF_MEMBERS)
      // Some rows need those of others.
      for (const isFirst of [true, false]) {
        for (const [name, { make }] of columns) {
          if (make && isFirst !== (name === 'case_notes.author_id')) await database.execute(sql.raw(make))
        }
      }
      await askExport(forum, 2)
      await makeExports(forum)
      const { files } = await archiveOf(brune, forum.origin)
      for (const [name, { archive }] of columns) {
        if (typeof archive !== 'string') t.match(files.get(`${archive[0]}.json`), archive[1], name)
      }
      const profile = JSON.parse(files.get('profile.json') ?? '')
      for (const [name, place] of Object.entries(OWN_COLUMNS)) {
        const called = {
          created_at: 'joined_at',
          started_level: 'subscribes_to_started',
          replied_level: 'subscribes_to_replied',
        }
        if (place === 'profile') t.ok((called[name as keyof typeof called] ?? name) in profile, name)
      }
      t.notMatch([...files.values()].join(), /argon2|secret tu/)

      await brune.post('/settings/data/leave', { password: PASSWORD, posts: 'keep' })
      await keepRetention(forum, daysBefore(new Date(), -RETENTION.formerMemberDays))
      for (const [name, { erased }] of columns) {
        const [table, column] = name.split('.')
        const left = await database.execute(sql.raw(`select from ${table} where ${column} = 2`))
        if (erased === 'gone') t.equal(left.rowCount, 0, name)
      }
      const words = await database.execute(sql`select from cases where words is not null`)
      t.equal(words.rowCount, 0, 'what they wrote to appeal')
    },
  )

  t.test('says nothing of how a removed thread of another was called', async (t) => {
    await forum.member('Anouk')
    const gilda = await forum.member('Gilda')
    const admin = await forum.member('Hannah', 'admin')
    const { thread } = await threadBy(forum, 'Anouk', { title: 'Untel habite au 3 rue Haute' })
    await gilda.post(`/threads/${thread.id}/replies`, { body: 'Il ne faut pas écrire cela.' })
    await gilda.post(`/threads/${thread.id}/subscription`, { level: 'following' })
    await admin.post(`/threads/${thread.id}/remove`)
    await gilda.post(PATH)
    await makeExports(forum)
    const { files } = await archiveOf(gilda, forum.origin)
    t.match(files.get('posts.json'), 'Il ne faut pas écrire cela')
    t.match(JSON.parse(files.get('subscriptions.json') ?? ''), { threads: [{ id: thread.id, title: '…' }] })
    t.notMatch([...files.values()].join().toLowerCase(), /untel|rue.haute/)
  })

  t.test('needs the password where the login was long ago, and goes on from there', async (t) => {
    const chloe = await forum.member('Chloé')
    const id = await idOf(forum, 'Chloé')
    await forum.database
      .update(sessions)
      .set({ confirmedAt: sql`now() - interval '1 hour'` })
      .where(eq(sessions.memberId, id))
    const page = await chloe.get('/settings/data')
    t.equal((await chloe.submit(page, 'form[action$=export]', { export_password: 'pas celui-là' })).status, 422)
    const away = await chloe.get(PATH)
    t.equal(away.location, `/login/again?next=${encodeURIComponent(PATH)}`)
    const again = await chloe.get(away.location ?? '')
    t.equal((await chloe.submit(again, 'form[action="/login/again"]', { password: 'pas celui-là' })).status, 422)
    const said = await chloe.submit(again, 'form[action="/login/again"]', { password: PASSWORD })
    t.equal(said.location, PATH)
    t.equal((await chloe.get(PATH)).status, 200)
    t.equal((await chloe.post(PATH)).location, PATH)
  })

  t.test('two runs at once make one archive that is whole', async (t) => {
    const dina = await forum.member('Dina')
    await threadBy(forum, 'Dina', { replies: 30 })
    const id = await idOf(forum, 'Dina')
    await Promise.all([askExport(forum, id), askExport(forum, id)])
    await Promise.all([makeExports(forum), makeExports(forum)])
    const { files } = await archiveOf(dina, forum.origin)
    t.equal(JSON.parse(files.get('posts.json') ?? '').length, 31)
    const [found] = await forum.database.select().from(dataExports).where(eq(dataExports.memberId, id))
    t.equal(found?.state, 'ready')
  })

  t.test('that is replaced while it is sent ends there, so that nobody waits for the rest', async (t) => {
    const diane = await forum.member('Diane')
    const id = await idOf(forum, 'Diane')
    await askExport(forum, id)
    await makeExports(forum)
    const more = { size: sql`${dataExports.size} + 1` }
    await forum.database.update(dataExports).set(more).where(eq(dataExports.memberId, id))
    await t.rejects(archiveOf(diane, forum.origin))
  })

  t.test('what a killed run has left behind is made anew', async (t) => {
    const elsa = await forum.member('Élsa')
    const memberId = await idOf(forum, 'Élsa')
    await askExport(forum, memberId)
    const run = crypto.randomUUID()
    await forum.database.update(dataExports).set({ run, tries: 1 }).where(eq(dataExports.memberId, memberId))
    await forum.database.insert(dataExportChunks).values({ memberId, run, number: 0, bytes: Buffer.from('half') })
    await makeExports(forum)
    const { response, files } = await archiveOf(elsa, forum.origin)
    t.ok(files.has('index.html'))
    const name = 'contrechamp-%C3%89lsa.zip'
    t.equal(response.headers.get('content-disposition'), `attachment; filename*=UTF-8''${name}`, 'RFC 8187')
  })

  t.test('is gone with who leaves, even while it is made', async (t) => {
    const fanny = await forum.member('Fanny')
    const id = await idOf(forum, 'Fanny')
    await askExport(forum, id)
    await Promise.all([makeExports(forum), fanny.post('/settings/data/leave', { password: PASSWORD, posts: 'keep' })])
    await makeExports(forum)
    for (const table of [dataExports, dataExportChunks]) {
      t.equal((await forum.database.select().from(table).where(eq(table.memberId, id))).length, 0)
    }
  })

  t.test('gives settings and subscriptions to take over', async (t) => {
    const gina = await forum.member('Gina')
    await gina.post('/settings', { biography: 'Juriste', language: 'en', theme: 'dark', unread_since: '2026-01-02' })
    await gina.post('/boards/nice/subscription', { level: 'watching' })
    await gina.post('/boards/marseille/subscription', { level: 'muted' })
    await gina.post(PATH)
    await makeExports(forum)
    const settings = (await archiveOf(gina, forum.origin)).files.get('settings.json') ?? ''
    const hana = await forum.member('Hana')
    const taken = await hana.post('/settings/data/import', { settings })
    t.equal(taken.status, 303)
    t.match((await hana.get('/settings/data')).text('.told'), /2 subscriptions/)
    t.equal((await hana.get('/settings')).fields('form#settings').biography?.[0], 'Juriste')
    t.same((await hana.get('/settings')).fields('form#settings').unread_since, ['2026-01-02'])
    t.match((await hana.get('/subscriptions')).text('main'), /Nice/)
    for (const wrong of [
      '',
      '{',
      '[]',
      '{"contrechamp":"settings"}',
      settings.replace('"watching"', '"owning"'),
      settings.replace('"en"', '"xx"'),
      settings.replace('2026-01-02', '0000-01-02'),
      settings.replace('2026-01-02', '3026-01-02'),
    ]) {
      const refused = await hana.post('/settings/data/import', { settings: wrong })
      t.equal(refused.status, 422, wrong.slice(0, 20))
    }
    const again = await hana.post('/settings/data/import', { settings: '{"bon": 1}' })
    t.equal(again.fields('form[action$=import]').settings?.[0], '{"bon": 1}')
  })
})

t.test('a few archives a day', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const ines = await forum.member('Ines')
  for (let count = 0; count < 3; count += 1) t.equal((await ines.post(PATH)).status, 303)
  t.equal((await ines.post(PATH)).status, 429)
})
