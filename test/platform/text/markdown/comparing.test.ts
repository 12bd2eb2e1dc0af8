import t from 'tap'
import { openMarkdown } from '../../../../src/platform/text/markdown/markdown.ts'

const words = (letter: string) => Array.from({ length: 18_000 }, (_, index) => `${letter}${index}`).join(' ')

t.test('versions that cannot be compared take neither the marks nor the time of the others', async (t) => {
  const markdown = openMarkdown()
  t.teardown(() => markdown.close())
  const last = words('e')
  const versions = [words('a'), words('b'), words('c'), words('d'), last, `${last} fin`]
  const readers = ['Zoé', 'Karim', 'Mira', 'Nour', 'Léa', 'Inès'].map((name) => ({ name, share: null }))
  const pages = await Promise.all(readers.map((reader) => markdown.compare(versions, reader)))
  for (const page of pages) {
    t.same(page.slice(0, 4), [null, null, null, null])
    t.match(page[4]?.at(-1), { kind: 'added', text: ' fin' })
  }
})
