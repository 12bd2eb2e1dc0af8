import t from 'tap'
import { onPage, rendered, shown } from '../../support/shown.ts'

const TEXT = 'La loi[^1] dit[^deux], puis redit[^1].\n\n[^1]: De **1978**.\n[^deux]: Ou *presque*.'

t.test('a note stands below the text, each with the way there and back', async (t) => {
  const text = shown(TEXT)
  t.same(
    [...text.querySelectorAll('section li')].map((note) => note.textContent?.replace(/\s+/g, ' ').trim()),
    ['De 1978. ↩ ↩2', 'Ou presque. ↩'],
  )
  const marks = [...text.querySelectorAll('p > sup > a')]
  t.same(
    marks.map((mark) => mark.textContent),
    ['1', '2', '1'],
  )
  for (const link of text.querySelectorAll('a')) {
    const id = link.getAttribute('href')?.slice(1) ?? ''
    t.ok(text.ownerDocument.getElementById(id), `${id} is on the page`)
  }
})

t.test('the notes are named in the language of the post', async (t) => {
  t.equal(shown(TEXT).querySelector('section')?.getAttribute('aria-label'), 'Notes')
  t.equal(shown(TEXT, { language: 'en' }).querySelector('section')?.getAttribute('aria-label'), 'Notes')
  t.equal(shown(TEXT).querySelector('h1, h2, h3, h4, h5, h6'), null)
})

t.test('the notes of two posts on one page do not meet', async (t) => {
  const page = onPage(rendered(TEXT).html + rendered(`${TEXT}\n`).html)
  const ids = [...page.querySelectorAll('[id]')].map((element) => element.id)
  t.equal(ids.length, 10)
  t.equal(new Set(ids).size, ids.length)
})

t.test('a note may be called anything', async (t) => {
  for (const name of ['à la une', 'a"b', '<b>', "l'un", '漢', '%41', 'a&amp;b', '1" onclick="x']) {
    const text = shown(`a[^${name}]\n\n[^${name}]: b`)
    const [mark, back] = text.querySelectorAll('a')
    t.equal(text.ownerDocument.getElementById(mark?.getAttribute('href')?.slice(1) ?? '')?.localName, 'li', name)
    t.equal(text.ownerDocument.getElementById(back?.getAttribute('href')?.slice(1) ?? ''), mark, name)
  }
})

t.test('a mark without a note, and a note without a mark, are not links', async (t) => {
  t.equal(shown('a[^1]').querySelector('a'), null)
  t.equal(shown('a\n\n[^1]: b').querySelector('a, section'), null)
})

t.test('nobody else’s names stand in the page', async (t) => {
  const text = shown(`<b id="main">a</b> <b id="post-1">b</b> <b id="note-1">c</b>\n\n${TEXT}`)
  for (const { id } of text.querySelectorAll('[id]')) t.match(id, /^note-[0-9a-f]{8}-/)
})
