import t from 'tap'
import { onPage, rendered, shown } from '../../../support/shown.ts'

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

const placesOf = (text: Element) =>
  [...text.querySelectorAll('a[href^="#note-"]')].map((link) => {
    const place = text.ownerDocument.getElementById(link.getAttribute('href')?.slice(1) ?? '')
    return place?.localName === 'li' ? place.textContent?.replace(/[\s↩]+/g, ' ').trim() : place?.localName
  })

t.test('a quote keeps its notes, and the answer has its own, whatever they are called', async (t) => {
  const text = shown('> Deux[^1] et fin.\n>\n> [^1]: Note citée.\n\nRéponse[^1].\n\n[^1]: Ma note.')
  t.same(placesOf(text), ['Note citée.', 'a', 'Ma note.', 'a'])
  t.match(text.querySelector('blockquote')?.textContent, 'Note citée.')
  t.notMatch(text.querySelector('blockquote')?.textContent, 'Ma note.')
  t.match(shown('> a[^1]\n\n[^1]: Sur ce qui est cité.').textContent, /a1\s+Sur ce/)
  t.match(shown('a[^1]\n\n> [^1]: Note citée.').textContent, /a\[\^1\]\s+\[\^1\]: Note citée\./)
})

t.test('the notes of two posts with the same words do not meet', async (t) => {
  const page = onPage(rendered(TEXT).html + rendered(TEXT).html)
  const ids = [...page.querySelectorAll('[id]')].map((element) => element.id)
  t.equal(new Set(ids).size, 10)
})

t.test('the way back says where it leads', async (t) => {
  const names = (language: 'fr' | 'en') =>
    [...shown(TEXT, { language }).querySelectorAll('section a')].map((link) => link.getAttribute('aria-label'))
  t.same(names('fr'), ['Retour au texte, appel 1', 'Retour au texte, appel 1-2', 'Retour au texte, appel 2'])
  t.same(names('en')[0], 'Back to the text, reference 1')
})

t.test('a note may hold notes, lists and code', async (t) => {
  const text = shown('a[^1]\n\n[^1]: b[^2]\n\n    - c\n\n    ```\n    d\n    ```\n[^2]: # e')
  t.same([...text.querySelectorAll('section > ol > li')].length, 2)
  t.equal(text.querySelector('section li li')?.textContent, 'c')
  t.equal(text.querySelector('section pre')?.textContent, 'd\n')
  t.equal(text.querySelector('section h3')?.textContent, 'e')
})

t.test('a note may stand directly below what refers to it', async (t) => {
  const above: Record<string, string> = {
    'a line': 'Le décret[^1] le dit.',
    'several lines': 'Avant.\nLe décret[^1] le dit.\nAprès.',
    'a table': '| a |\n|---|\n| b[^1] |',
    'a quote': '> Cité.\n>\n> a[^1]',
    'a list': '- un[^1]\n- deux',
    'a title': '# Titre[^1]',
    'an underlined title': 'Titre[^1]\n---',
    code: '```\nx\n```\n\na[^1]',
  }
  for (const [name, text] of Object.entries(above)) {
    for (const indent of ['', '   ']) {
      const post = shown(`${text}\n${indent}[^1]: Voir **ici**.`)
      t.equal(post.querySelectorAll('section li').length, 1, name)
      t.notMatch(post.textContent, '[^1]', name)
      t.equal(post.querySelector('section strong')?.textContent, 'ici', name)
    }
  }
  const several = shown('a[^1] b[^2]\n[^1]: Un.\n[^2]: Deux.\n\nLa suite.')
  t.equal(several.querySelectorAll('section li').length, 2)
  t.match(several.textContent, 'La suite.')
})

t.test('what only looks like a note below a line stays where it was typed', async (t) => {
  t.match(shown('a[^1]\n```\n[^1]: b\n```').querySelector('pre')?.textContent, '[^1]: b')
  t.match(shown('a\n[^1] : b').querySelector('p')?.textContent, /\[\^1\]\s: b/)
  t.equal(shown('a\n[^1] b\nc').querySelectorAll('p').length, 1)
  t.equal(shown('a[^1]\n[^1]: b\n---').querySelectorAll('h2, h3, h4').length, 0)
})
