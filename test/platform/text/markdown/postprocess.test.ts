import t from 'tap'
import { markup, shown } from '../../../support/shown.ts'

t.test('headings begin below those of the page and of the post', async (t) => {
  for (const [written, shownAs] of [
    [1, 3],
    [2, 4],
    [3, 5],
    [4, 6],
    [5, 6],
    [6, 6],
  ]) {
    t.equal(markup(`${'#'.repeat(written ?? 0)} *mot*`), `<h${shownAs}><em>mot</em></h${shownAs}>`)
    t.equal(markup(`<h${written}>mot</h${written}>`), `<h${shownAs}>mot</h${shownAs}>`)
  }
  t.equal(markup('mot\n==='), '<h3>mot</h3>')
})

t.test('every link says that the forum does not answer for it', async (t) => {
  const text =
    '[a](/b) [c][d] <a href="/e" rel="opener">f</a> https://g.fr h@i.fr @zoe #1 ![j](/k) l[^1]\n\n[d]: /m\n[^1]: n'
  const links = [...shown(text).querySelectorAll('a')]
  t.equal(links.length, 10)
  for (const link of links) t.equal(link.getAttribute('rel'), 'nofollow ugc noopener', link.outerHTML)
})

t.test('a picture becomes a link to it', async (t) => {
  t.equal(
    markup('![Une caméra](https://exemple.fr/a.png "titre")'),
    '<p><a href="https://exemple.fr/a.png" title="titre">Une caméra (image)</a></p>',
  )
  t.equal(
    markup('![](https://exemple.fr/a.png)'),
    '<p><a href="https://exemple.fr/a.png">https://exemple.fr/a.png (image)</a></p>',
  )
  t.equal(markup('un <img src=/a.png alt="plan"> ici'), '<p>un <a href="/a.png">plan (image)</a> ici</p>')
  t.equal(markup('un <img> ici'), '<p>un <span>image</span> ici</p>')
})

t.test('a picture in a link stays in it', async (t) => {
  t.equal(markup('[![plan](/a.png)](/a.png)'), '<p><a href="/a.png"><span>plan (image)</span></a></p>')
  t.equal(markup('[![plan](/a.png)](/b)'), '<p><a href="/b"><span>plan (image\u202f: /a.png)</span></a></p>')
})

t.test('nothing is fetched for a post, whatever is in it', async (t) => {
  const text = shown(
    '![a](/b) <img src=/c srcset=/d> <input type=image src=/e> <input type=checkbox src=/f> <p src=/g>',
  )
  t.equal(text.querySelector('img, [src], [srcset]'), null)
})

t.test('a task says whether it is done, in the language of the post', async (t) => {
  const boxes = (language: 'fr' | 'en') =>
    [...shown('- [ ] a\n- [x] b', { language }).querySelectorAll('li > input')].map((box) => [
      box.getAttribute('type'),
      box.hasAttribute('checked'),
      box.hasAttribute('disabled'),
      box.getAttribute('aria-label'),
    ])
  t.same(boxes('fr'), [
    ['checkbox', false, true, 'à faire'],
    ['checkbox', true, true, 'fait'],
  ])
  t.same(boxes('en'), [
    ['checkbox', false, true, 'to do'],
    ['checkbox', true, true, 'done'],
  ])
})

t.test('what is wide can be scrolled by keyboard', async (t) => {
  const text = shown('| a |\n|-|\n\n```\nb\n```', { language: 'en' })
  const frame = text.querySelector('table')?.parentElement
  t.same(
    frame?.getAttributeNames().map((name) => frame.getAttribute(name)),
    ['region', 'Table', '0'],
  )
  t.equal(text.querySelector('pre')?.getAttribute('tabindex'), '0')
})
