import t from 'tap'
import { markup, rendered, shown } from '../../../support/shown.ts'

t.test('what was said in a talk is shown line by line', async (t) => {
  t.equal(
    markup('Extrait :\n\n[12:30]: bonjour\n[12:31]: oui\n[Zoé]: d’accord\n[Zoé]: pas d’accord du tout'),
    '<p>Extrait :</p><p>[12:30]: bonjour<br>[12:31]: oui<br>[Zoé]: d’accord<br>[Zoé]: pas d’accord du tout</p>'.replace(
      'Extrait :',
      'Extrait\u202f:',
    ),
  )
  t.equal(markup('[Zoé]: oui'), '<p>[Zoé]: oui</p>')
})

t.test('sources that no link names are shown with their addresses', async (t) => {
  const text = shown('À lire :\n\n[1]: https://exemple.fr/a\n[2]: <https://exemple.fr/b> "Un titre"\n[3]: /threads/3')
  t.same(
    [...text.querySelectorAll('a')].map((link) => link.getAttribute('href')),
    ['https://exemple.fr/a', 'https://exemple.fr/b'],
  )
  t.match(text.textContent, /\[1\]: .*\[2\]: .*Un titre.*\[3\]: \/threads\/3/s)
})

t.test('a definition that a link refers to is not shown, wherever it stands', async (t) => {
  t.equal(markup('[a][b]\n\n[b]: /c'), '<p><a href="/c">a</a></p>')
  t.equal(markup('[a][B]\n\n> [b]: /c'), '<p><a href="/c">a</a></p><blockquote></blockquote>')
  t.equal(markup('- [b]\n\n  [b]: /c "d"'), '<ul><li><p><a href="/c" title="d">b</a></p></li></ul>')
  t.equal(markup('![a][b]\n\n[b]: /c'), '<p><a href="/c">a (image)</a></p>')
})

t.test('of two definitions with one label, the second is shown', async (t) => {
  t.equal(
    markup('[a][1]\n\n[1]: /un\n[1]: https://exemple.fr/deux'),
    '<p><a href="/un">a</a></p><p>[1]: <a href="https://exemple.fr/deux">https://exemple.fr/deux</a></p>',
  )
})

t.test('a quote keeps its links, and the answer has its own, whatever they are called', async (t) => {
  const places = (body: string) => [...shown(body).querySelectorAll('a')].map((link) => link.getAttribute('href'))
  const [cited, own] = ['https://exemple.fr/cite', 'https://exemple.fr/moi']
  t.same(places(`> [a][1]\n>\n> [1]: ${cited}\n\n[b][1]\n\n[1]: ${own}`), [cited, own])
  t.same(places(`[b][1]\n\n> > [a][1]\n>\n> [1]: ${cited}\n\n[1]: ${own}`), [own, cited])
  t.same(places(`- > [1]: ${cited}\n  >\n  > | [1] |\n  > |---|\n\n[1]\n\n[1]: ${own}`), [cited, own])
  t.match(shown(`> [1]: ${cited}\n\n[b][1]\n\n[1]: ${own}`).querySelector('blockquote')?.textContent, `[1]: ${cited}`)
})

t.test('a definition among those that links refer to stays readable, in quotes and lists too', async (t) => {
  for (const written of [
    '[a]\n\n[a]: /un\n[b]: /deux\n[c]: /trois',
    '[a]\n\n> [a]: /un\n> [b]: /deux\n>\n> [c]: /trois',
    '- [a]\n\n  [a]: /un\n  [b]: /deux\n  [c]: /trois',
    '`[c]` [a]\n\n[a]: /un\n\n[b]: /deux\n\n[c]: /trois',
  ]) {
    t.match(shown(written).textContent, /\[b\]: \/deux\s*\[c\]: \/trois/, written)
    t.notMatch(shown(written).textContent, '/un', written)
  }
})

t.test('a note that no mark refers to is shown as it was typed', async (t) => {
  t.equal(markup('Texte.\n\n[^1]: Une *note* sans appel.'), '<p>Texte.</p><p>[^1]: Une <em>note</em> sans appel.</p>')
  t.equal(rendered('a[^1]\n\n[^1]: un\n[^1]: deux', { language: 'en' }).excerpt, 'a [^1]: deux')
  t.equal(markup('a\n\n[^1]: voir [^1] et [^2]\n[^2]: b').includes('[^1]: voir [^1] et <sup>'), true)
  t.match(shown('a\n\n[^1]: voir [^2]\n[^2]: voir [^1]').textContent, /\[\^1\]: voir 1.*voir \[\^1\]/s)
  t.equal(markup('[^x]: https://exemple.fr'), '<p>[^x]: <a href="https://exemple.fr">https://exemple.fr</a></p>')
})
