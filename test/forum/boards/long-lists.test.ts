import fc from 'fast-check'
import t from 'tap'
import { writeCursor } from '../../../src/forum/discussion/cursor.ts'
import { startForum } from '../../support/forum.ts'
import type { Person, Visit } from '../../support/person.ts'
import { threadBy } from '../../support/threads.ts'

const THREADS = 67

t.test('a board of many threads', async (t) => {
  const forum = await startForum(t)
  const reader = forum.passerBy()
  await forum.member('Zoé')
  for (let number = 1; number <= THREADS; number += 1) {
    await threadBy(forum, 'Zoé', { title: `Sujet ${number}`, boards: ['nantes', 'fichiers'] })
  }
  const newestFirst = Array.from({ length: THREADS }, (_, index) => `Sujet ${THREADS - index}`)

  for (const path of [
    '/cities/nantes',
    '/technologies/fichiers',
    '/cities/nantes/fichiers',
    '/cities/nantes?sort=new',
  ]) {
    t.test(`${path} shows each of them once, page after page`, async (t) => {
      t.same(await everyTitle(reader, path), newestFirst)
    })
  }

  t.test('somebody who reads on misses nothing that was there when others reply meanwhile', async (t) => {
    const first = await reader.get('/cities/nantes')
    const zoe = forum.passerBy()
    await zoe.post('/login', { username: 'Zoé', password: 'quatre mots sans rapport' })
    await zoe.post('/threads/1/replies', { body: 'Le plus ancien remonte.' })
    const rest = await everyTitle(reader, olderOf(first) ?? '')
    const seen = [...first.texts('.thread h3'), ...rest]
    t.same(new Set(seen).size, seen.length, 'none twice')
    t.same(new Set([...seen, 'Sujet 1']), new Set(newestFirst))
  })

  t.test('an older page says that it is not the newest', async (t) => {
    for (const path of ['/cities/nantes', '/cities/nantes?sort=new', '/cities/nantes/fichiers']) {
      const newest = await reader.get(path)
      const older = await reader.get(olderOf(newest) ?? '')
      const canonical = (visit: Visit) => visit.document.querySelector('link[rel=canonical]')?.getAttribute('href')
      t.equal(canonical(newest), path.replace('?sort=new', ''))
      t.equal(canonical(older), olderOf(newest))
      t.not(older.text('title'), newest.text('title'))
    }
  })

  t.test('any cursor that looks like one is answered', async (t) => {
    const anyCursor = fc.tuple(fc.nat({ max: 36 ** 10 - 1 }), fc.nat({ max: 36 ** 10 - 1 }))
    await t.resolves(
      fc.assert(
        fc.asyncProperty(anyCursor, fc.constantFrom('', '&sort=new'), async ([moment, thread], order) => {
          const visit = await reader.get(`/cities/nantes?before=${writeCursor({ moment, thread })}${order}`)
          t.equal(visit.status, 200)
        }),
        { numRuns: 30, seed: 7 },
      ),
    )
  })
})

const olderOf = (visit: Visit) => visit.document.querySelector('a[rel=next]')?.getAttribute('href')

async function everyTitle(reader: Person, path: string): Promise<string[]> {
  const visit = await reader.get(path)
  const older = olderOf(visit)
  return [...visit.texts('.thread h3'), ...(older ? await everyTitle(reader, older) : [])]
}
