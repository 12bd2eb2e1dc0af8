import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import t from 'tap'
import { changeSettings } from '../../../src/forum/administration/change-settings.ts'
import { answerQuestion } from '../../../src/forum/search/answer-question.ts'
import { readQuery } from '../../../src/forum/search/read-query.ts'
import { readSearchCursor } from '../../../src/forum/search/search-cursor.ts'
import { wordsOf } from '../../../src/forum/search/words.ts'
import { startForum } from '../../support/forum.ts'
import type { Person } from '../../support/person.ts'
import { idOf, threadBy } from '../../support/threads.ts'

const search = (person: Person, query: Record<string, string>) =>
  person.get(`/search?${new URLSearchParams(query).toString()}`)

/** Node reads no more of a request's head than 16 KB. */
const LONGEST_READ = 15_500

t.test('a query is read as people type it', async (t) => {
  const read = readQuery('caméras "droit à l’image" -drone author:zoe ville:"Saint-Étienne" https://x.org prix:12')
  t.same(
    read.terms.map(({ text, phrase }) => [text, phrase]),
    [
      ['caméras', false],
      ['droit à l’image', true],
      ['https', false],
      ['x.org', false],
      ['prix:12', false],
    ],
  )
  t.same(read.without, [{ text: 'drone', phrase: false }])
  t.same(
    read.restrictions.map(({ name, value }) => [name, value]),
    [
      ['author', 'zoe'],
      ['city', 'Saint-Étienne'],
    ],
  )
  t.same(
    readQuery('« vie privée » “open data”').terms.map(({ text }) => text),
    ['vie privée', 'open data'],
  )
  t.same(
    readQuery('rien "qui ne ferme').terms.map(({ text }) => text),
    ['rien', 'qui', 'ne', 'ferme'],
  )
})

t.test('no more words are read than are searched for', async (t) => {
  const numbers = Array.from({ length: 300 }, (_, number) => number.toString(36))
  for (const typed of [
    `caméras -${numbers.join('-')}`,
    `"${numbers.join(' ')}"`,
    numbers.map((one) => `"${one} a b c"`).join(' '),
  ]) {
    const { terms, without, cut } = readQuery(typed.slice(0, 1_000))
    const words = [...terms, ...without].flatMap(({ text }) => wordsOf(text).words)
    t.ok(words.length > 0 && words.length <= 64, `${words.length} of ${typed.slice(0, 20)}`)
    t.ok(cut)
  }
  const long = readQuery('vidéosurveillance '.repeat(100))
  t.same([long.cut, long.terms.map(({ text }) => text)], [true, ['vidéosurveillance']])
  const whole = readQuery('"la mairie a voté" caméras -drone')
  t.match(whole, { cut: false, without: [{ text: 'drone' }] })
  t.same(
    whole.terms.map(({ text }) => text),
    ['la mairie a voté', 'caméras'],
  )
})

t.test('what cannot be meant is said and searched once, however often it is asked', async (t) => {
  const forum = await startForum(t)
  const page = await search(forum.passerBy(), { q: 'in:nulle-part '.repeat(70) })
  t.equal(page.texts('.search-note').filter((note) => note.includes('nulle-part')).length, 1)
  const { understood } = await answerQuestion(
    forum,
    {
      ...{ q: `city:${Array.from({ length: 300 }, (_, number) => number).join('-')}`, board: '', author: '' },
      ...{ after: '', before: '', in: '', lang: '', has: '', thread: null },
    },
    { order: 'best', cursor: readSearchCursor(''), timeZone: null },
  )
  t.match(understood, { cut: true })
  t.ok(understood.terms.length <= 32)
})

t.test('whatever is typed gets a page', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  await threadBy(forum, 'Zoé', { title: 'Les caméras & les micros', body: 'Un essai : L. 251-1, <b>Q6135-LE</b>.' })
  const reader = forum.passerBy()
  const odd = [
    ...[
      "'",
      '"',
      '""',
      '«',
      '-',
      '--',
      '- -',
      '-"',
      '&',
      '|',
      '!',
      '<->',
      '(',
      ')',
      ':',
      ':*',
      '*',
      '\\',
      "\\'",
      '%',
      '_',
    ],
    ...[
      '!!a',
      'a & b',
      'a <-> b',
      'a:*',
      "a'b'c",
      'a:A',
      '()',
      '((((',
      "'; drop table posts; --",
      'author:',
      'in:',
      '=board:1',
    ],
    ...[
      "'=board:1'",
      '\0',
      'a\0b',
      'le la les',
      'the of',
      '-camera',
      '-le',
      'before:2024-13-45',
      'after:hier',
      'before:0000-01-01',
    ],
    ...[
      'after:9999-12-31',
      'lang:xx',
      'in:nowhere',
      'has:wings',
      'city:atlantide',
      'technology:marseille',
      'author:personne',
    ],
    ...[
      '½ ①  ﷺ',
      '\u202e\u0300\u0300',
      '👩‍👩‍👧',
      'ꙮ',
      'ﬁ',
      'a'.repeat(10_000),
      '"a '.repeat(3_000),
      '-a '.repeat(400),
      'é'.repeat(5_000),
    ],
  ]
  for (const q of odd) {
    const page = await search(reader, { q })
    t.equal(
      page.status,
      new URLSearchParams({ q }).toString().length < LONGEST_READ ? 200 : 431,
      JSON.stringify(q.slice(0, 30)),
    )
  }
  for (const field of ['board', 'author', 'after', 'before', 'in', 'sort', 'lang', 'has', 'thread', 'from']) {
    for (const value of [
      'xx',
      '-1',
      '1e9',
      '9'.repeat(30),
      'zzzzzzzzzz.zzzzzzzzzz.zzzzzzzzzz',
      '0.0.0',
      '%',
      'é'.repeat(3_000),
      '2024-02-30',
    ]) {
      const page = await search(reader, { q: 'caméras', [field]: value })
      t.equal(
        page.status,
        new URLSearchParams({ value }).toString().length < LONGEST_READ ? 200 : 431,
        `${field}=${value.slice(0, 20)}`,
      )
    }
  }
  t.equal((await reader.get('/search?q=a&q=b&board=x&board=y')).status, 200)
  t.equal((await reader.get('/search?q=%ED%A0%80&before=%00')).status, 200)
  const spoilt = await reader.get('/search?q=cam%C3%A9ras+%ED%A0%80+%zz')
  t.match(spoilt.fields('.search-form').q, [/^caméras \ufffd+ %zz$/])
  t.match(spoilt.text('.search-note'), /signe illisible/)
  const cut = await reader.get('/search?q=cam%C3%A9ras%00gare')
  t.same(cut.fields('.search-form').q, ['caméras\ufffdgare'])
  t.match(cut.text('.search-note'), /lu comme une espace/)

  t.test('that asks what is to be found, where only the rest was said', async (t) => {
    t.match((await search(reader, { q: '-drone' })).text('.empty'), /Dire aussi ce qui est à trouver/)
  })

  t.test('that says what is not there yet', async (t) => {
    for (const [q, said] of [
      ['has:file caméras', /pas encore en joindre/],
      ['dans:documents caméras', /pas encore de documents/],
      ['in:dossiers', /pas encore de dossiers/],
    ] as const) {
      const page = await search(reader, { q })
      t.match(page.text('.empty'), said)
      t.equal(page.document.querySelector('[data-hit]'), null)
    }
  })

  t.test('that says when nobody is called so, and does not take everybody for them', async (t) => {
    for (const asked of [
      { q: 'caméras author:personne' },
      { q: 'caméras', author: 'personne' },
      { q: 'author:personne' },
    ]) {
      const page = await search(reader, asked)
      t.match(page.text('.empty'), /Aucun membre ne s’appelle «\u202fpersonne\u202f»/)
      t.equal(page.document.querySelector('[data-hit]'), null)
    }
  })

  t.test('that says what was understood', async (t) => {
    const page = await search(reader, { q: 'caméras ville:ys', board: 'atlantide', before: '2024-02-30' })
    t.match(
      page.texts('.search-note').join('\n'),
      /«\u202fys\u202f» ne correspond à rien pour «\u202fEspace\u202f».: c’est cherché comme des mots/,
    )
    t.match(page.texts('.search-note').join('\n'), /«\u202fatlantide\u202f» ne correspond/)
    t.match(page.texts('.search-note').join('\n'), /«\u202f2024-02-30\u202f» ne correspond/)
  })

  t.test('also for what nobody has thought of', async (t) => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (q) => {
        t.equal((await search(reader, { q: q.toWellFormed() })).status, 200, JSON.stringify(q))
      }),
      { numRuns: 60 },
    )
  })
})

t.test('what is understood narrows the search', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const max = await forum.member('Max')
  await threadBy(forum, 'Zoé', {
    title: 'Relevé des caméras du port',
    body: 'Elles filment le quai.',
    boards: ['marseille'],
  })
  const nice = await threadBy(forum, 'Zoé', {
    title: 'Le drone de la police',
    body: 'Il filme les caméras aussi.',
    boards: ['nice', 'drones'],
  })
  await max.post(`/threads/${nice.thread.id}/replies`, { body: 'The camera of the drone sees **everything**.' })
  const reader = forum.passerBy()
  const titles = async (query: Record<string, string>) => (await search(reader, query)).texts('.hits h3')
  const port = 'Relevé des caméras du port'
  const drone = 'Le drone de la police'

  t.same((await titles({ q: 'caméras' })).sort(), [drone, drone, port].sort())
  t.same(await titles({ q: 'caméras -drone' }), [port])
  t.same(await titles({ q: 'caméras', board: 'nice', author: 'zoe' }), [drone])
  t.same(await titles({ q: 'caméras city:Nice author:Zoé' }), [drone])
  t.same(await titles({ q: 'caméras city:nice technology:drones author:max' }), [drone])
  t.same(await titles({ q: 'caméras in:titles' }), [port])
  t.same(await titles({ q: 'port in:posts' }), [])
  t.same(await titles({ q: '"filme les caméras"' }), [drone])
  t.same(await titles({ q: '"caméras les filme"' }), [])
  t.same(await titles({ q: 'caméras before:2020' }), [])
  t.equal((await titles({ q: 'caméras', after: '2020-01-01' })).length, 3)
  await forum.database.execute(sql`update members set time_zone = 'Mars/Olympus_Mons' where username = 'Max'`)
  t.equal(
    (await search(max, { q: 'caméras after:2020' })).texts('.hits h3').length,
    3,
    'by a clock that PostgreSQL does not know',
  )
  t.same(await titles({ q: 'author:max' }), [drone])
  t.equal((await titles({ q: 'caméras', sort: 'new' })).length, 3)
  t.same(await titles({ q: 'caméras', thread: String(nice.thread.id) }).then((found) => found.length), 2)
})

t.test('what nobody has written', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  await threadBy(forum, 'Zoé', {
    title: 'Les caméras de Valenciennes',
    body: 'Un mur d’images.',
    boards: ['valenciennes'],
  })
  const reader = forum.passerBy()

  t.test('is corrected where it is misspelt', async (t) => {
    const page = await search(reader, { q: 'Valensienne caméras' })
    t.match(page.text('.search-note a'), /^Valenciennes/)
    const corrected = await reader.get(page.document.querySelector('.search-note a')?.getAttribute('href') ?? '')
    t.same(corrected.texts('.hits h3'), ['Les caméras de Valenciennes'])
  })

  t.test('is corrected as a whole, also within a phrase, and what is there stays as it was typed', async (t) => {
    for (const [q, meant] of [
      ['Camrea Valensienne -drone', 'caméras Valenciennes -drone'],
      ['"les camrea de Valenciennes"', '"les caméras de Valenciennes"'],
    ] as const) {
      const page = await search(reader, { q })
      t.same(page.texts('.search-note a'), [`${meant}\u202f?`])
      const corrected = await reader.get(page.document.querySelector('.search-note a')?.getAttribute('href') ?? '')
      t.same(corrected.texts('.hits h3'), ['Les caméras de Valenciennes'])
    }
    t.same((await search(reader, { q: '"Valenciennes caméras"' })).texts('.search-note a'), [])
  })

  t.test('with two letters in the wrong order, is taken for the word that it was meant to be', async (t) => {
    for (const [q, meant] of [
      ['camrea', 'caméras'],
      ['acméras', 'caméras'],
      ['Valenciennse', 'Valenciennes'],
    ] as const) {
      t.match((await search(reader, { q })).text('.search-note a'), new RegExp(`^${meant}\\s?\\?`), q)
    }
    t.equal((await search(reader, { q: 'urm' })).texts('.search-note a').length, 0, 'what is short may be anything')
  })

  t.test('is left out, which is said', async (t) => {
    const page = await search(reader, { q: 'caméras zeppelin' })
    t.match(page.texts('.search-note').join('\n'), /sans «\u202fzeppelin\u202f»/)
    t.same(page.texts('.hits h3'), ['Les caméras de Valenciennes'])
  })

  t.test('stood behind an operator: the words that were typed as words are kept before it', async (t) => {
    await threadBy(forum, 'Zoé', { title: 'Un zeppelin' })
    const page = await search(reader, { q: 'city:zeppelin caméras' })
    t.same(page.texts('.hits h3'), ['Les caméras de Valenciennes'])
    t.match(page.texts('.search-note').join('\n'), /sans «\u202fzeppelin\u202f»/)
  })

  t.test('is said to be nowhere', async (t) => {
    const page = await search(reader, { q: 'dirigeable' })
    t.match(page.text('.empty'), /Rien de tel/)
    t.match((await search(reader, { q: 'le la les' })).text('.empty'), /trop courants/)
  })

  t.test('is never suggested once it is out of sight', async (t) => {
    const moderator = await forum.member('Modé', 'moderator')
    const hidden = await threadBy(forum, 'Zoé', { title: 'Une montgolfière' })
    t.match((await search(reader, { q: 'montgolfiere' })).text('.hits h3'), /montgolfière/)
    t.match((await search(reader, { q: 'mongolfière' })).text('.search-note a'), /^montgolfière/)
    await moderator.post(`/threads/${hidden.thread.id}/remove`)
    t.equal((await search(reader, { q: 'mongolfière' })).texts('.search-note').length, 0)
  })
})

t.test('a thread does not fill the page with its posts', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Un long sujet', body: 'Voici.', replies: 30 })
  await threadBy(forum, 'Zoé', { title: 'Un autre sujet', body: 'Sans réponse.' })
  const reader = forum.passerBy()
  const page = await search(reader, { q: 'réponse' })
  t.equal(page.texts('.hits h3').filter((title) => title === 'Un long sujet').length, 3)
  const others = page.document.querySelector('.hits a[href*="thread="]')?.getAttribute('href') ?? ''
  t.match(others, new RegExp(`thread=${thread.id}`))

  const within = await reader.get(others)
  t.equal(within.texts('.hits h3').length, 20)
  const next = within.document.querySelector('a[rel=next]')?.getAttribute('href') ?? ''
  const second = await reader.get(next)
  t.equal(second.texts('.hits h3').length, 10)
  const ids = [within, second].flatMap((one) =>
    [...one.document.querySelectorAll('[data-id]')].map((hit) => hit.getAttribute('data-id')),
  )
  t.equal(new Set(ids).size, 30, 'each of them once')
})

t.test('a long thread that is new hides no other, and a feed has each of its posts', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  await threadBy(forum, 'Zoé', { title: 'Un sujet plus ancien', body: 'Sa réponse.' })
  await threadBy(forum, 'Zoé', { title: 'Un long sujet', body: 'Voici.', replies: 210 })
  const reader = forum.passerBy()
  const page = await search(reader, { q: 'réponse', sort: 'new' })
  t.same(page.texts('.hits h3'), ['Un long sujet', 'Un long sujet', 'Un long sujet'])
  const next = await reader.get(page.document.querySelector('a[rel=next]')?.getAttribute('href') ?? '')
  t.match(next.texts('.hits h3'), [/long/, /long/, /long/, 'Un sujet plus ancien'])
  t.equal(next.document.querySelector('a[rel=next]'), null)
  const feed = JSON.parse((await reader.get('/search.json?q=réponse')).body)
  t.equal(feed.items.length, 40)
})

t.test('a search that takes too long is asked to be narrowed down', async (t) => {
  const forum = await startForum(t)
  const client = await forum.database.$client.connect()
  await client.query('begin')
  await client.query('lock table search_rows in access exclusive mode')
  const page = await search(forum.passerBy(), { q: 'caméras' })
  await client.query('rollback')
  client.release()
  t.equal(page.status, 503)
  t.match(page.text('.notice'), /prend trop de temps/)
  t.equal(page.fields('.search-form').q?.[0], 'caméras')
})

t.test('who searches without end is asked to wait', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  // A passer-by on a slow machine may be refused as one of a crowd first.
  const reader = await forum.member('Karim')
  const statuses = []
  for (let time = 0; time < 41; time += 1) statuses.push((await search(reader, { q: 'a' })).status)
  t.same([statuses[0], statuses.at(-1)], [200, 429])
})

t.test('browsers learn how to search, by the name that they know the forum by', async (t) => {
  const forum = await startForum(t)
  const reader = forum.passerBy()
  const home = await reader.get('/')
  const path = home.document.querySelector('link[rel=search]')?.getAttribute('href') ?? ''
  const described = await reader.get(path)
  t.match(described.headers.get('content-type'), /application\/opensearchdescription\+xml/)
  t.match(described.body, `template="${forum.origin}/search?q={searchTerms}"`)
  const { default: http } = await import('node:http')
  const onion = await new Promise<string>((resolve, reject) => {
    http
      .get(`${forum.origin}${path}`, { headers: { host: 'x.onion' } }, (answer) => {
        let body = ''
        answer.on('data', (part) => {
          body += part
        })
        answer.on('end', () => resolve(body))
      })
      .on('error', reject)
  })
  t.match(onion, 'http://x.onion/search?q={searchTerms}')
  t.notMatch(onion, forum.origin)
  t.match(described.body, '<ShortName>Contrechamp</ShortName>')
  await forum.member('Inès', 'admin')
  await changeSettings(forum, await idOf(forum, 'Inès'), { name: 'Regards' })
  t.match((await reader.get(path)).body, '<ShortName>Regards</ShortName>')
})
