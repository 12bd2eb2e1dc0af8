import fc from 'fast-check'
import t from 'tap'
import { withAbsoluteLinks } from '../../../src/platform/text/absolute-links.ts'
import { parsed } from '../../support/parsed.ts'
import { rendered } from '../../support/shown.ts'

const PAGE = 'https://forum.exemple.fr/threads/7/sujet?page=2#post-21'
const absolute = (markup: string) => withAbsoluteLinks(markup, PAGE)

t.test('links to the forum and to the page get the address where they stand', async (t) => {
  t.equal(
    absolute('<a href="/members/Zo%C3%A9">@Zoé</a>'),
    '<a href="https://forum.exemple.fr/members/Zo%C3%A9">@Zoé</a>',
  )
  t.equal(
    absolute('<a id="note-1" title="a > b" href="#note-2">1</a>'),
    '<a id="note-1" title="a > b" href="https://forum.exemple.fr/threads/7/sujet?page=2#note-2">1</a>',
  )
})

t.test('nothing else changes', async (t) => {
  for (const markup of [
    '<a href="https://exemple.org/">ailleurs</a>',
    '<a href="//exemple.org/">ailleurs</a>',
    '<a href="mailto:zoe@exemple.org">écrire</a>',
    '<p>&lt;a href="/x"&gt;</p>',
    '<p> href="/x"</p>',
    '<abbr title="<a href=&quot;/x&quot;">x</abbr>',
    '<a title=" href=&quot;/x&quot;" href="https://exemple.org/">x</a>',
  ])
    t.equal(absolute(markup), markup)
})

t.test('whatever somebody writes: its links lead where they led, and it says what it said', async (t) => {
  const part = fc.constantFrom(
    '[a](/x)',
    '[b](#c)',
    '@Zoé',
    '#3',
    '<a href="/x" title="',
    '">',
    ' href="/',
    '<q>',
    '[^1]',
    '\n\n[^1]: note',
    'x',
    '`<a href="/y">`',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const { html } = rendered(`a${parts.join('')}`)
      const [before, after] = [html, absolute(html)].map((markup) =>
        parsed(`<main>${markup}</main>`).querySelector('main'),
      )
      const links = (root: Element | null | undefined) => [...(root?.querySelectorAll('a') ?? [])]
      const expected = links(before).map((link) => new URL(link.getAttribute('href') ?? '', PAGE).href)
      t.same(
        links(after).map((link) => link.getAttribute('href') ?? PAGE),
        expected,
      )
      t.equal(after?.textContent, before?.textContent)
    }),
    { numRuns: 300 },
  )
})
