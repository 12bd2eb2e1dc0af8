import { glob } from 'node:fs/promises'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import t from 'tap'
import { LANGUAGES } from '../../src/platform/text/i18n/languages.ts'
import { translator } from '../../src/platform/text/i18n/translate.ts'
import type { Page } from '../../views/page.ts'
import { EVERY_PAGE } from '../support/every-page.ts'
import { named } from '../support/named.ts'
import { parsed } from '../support/parsed.ts'

const HOSTILE = [
  '"><script>alert(1)</script><b x="',
  "' onclick='alert(1)' x='",
  ' onfocus=alert(1) autofocus ',
  '</title></textarea></style></script><img src=x onerror=alert(1)>',
  '<!--',
  '-->',
  ']]>',
  '&quot;&gt;&lt;script&gt;',
  '&#34; onclick=&#34;',
  '&amp;lt;b&amp;gt;',
  '`alert(1)` {{alert(1)}} $t(site.name)',
  'javascript:alert(1)',
  '//evil.example/\\evil.example',
  '\n\n</div></main></body></html><p>',
  '\u202e\u2028\u0000\u00a0<\u0000b>',
]

const pageOf = (text: string, signedIn: boolean): Page => ({
  language: 'fr',
  t: translator('fr'),
  theme: null,
  viewer: signedIn ? { username: text, role: 'member', unread: 3, openCases: 3, waiting: true, silenced: false } : null,
  here: text,
  origin: 'https://forum.example',
  assets: { stylesheet: '/s.css', scripts: new Map([['forum', '/s.js']]), icon: '/i.svg' },
  site: {
    name: text,
    tagline: text,
    welcome: text,
    registers: true,
    listed: true,
    languages: LANGUAGES,
    colours: null,
  },
})

type Parent = DefaultTreeAdapterTypes.ParentNode
type Element = DefaultTreeAdapterTypes.Element

/** The elements of a page, in order, as a browser reads them: a whole document of each would take ten times as long. */
function elementsOf(parent: Parent): Element[] {
  return parent.childNodes.flatMap((child) => ('tagName' in child ? [child, ...elementsOf(child)] : []))
}

/** Which elements they are, each with the names of its attributes. */
const structure = (elements: Element[]) =>
  elements.map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)].join(' '))

t.test('no page is left out', async (t) => {
  const exported = []
  for await (const file of glob('views/**/*-page.ts')) {
    exported.push(...Object.keys(await import(`../../${file}`)).filter((name) => name.endsWith('Page')))
  }
  t.same(exported.sort(), Object.keys(EVERY_PAGE).sort())
})

for (const [name, show] of Object.entries(EVERY_PAGE)) {
  for (const signedIn of [true, false]) {
    t.test(
      `${name} ${signedIn ? 'of a member' : 'of a passer-by'} is the same page, whatever the texts say`,
      async (t) => {
        const harmless = show(pageOf('mot', signedIn), 'mot')
        const expected = structure(elementsOf(parse(harmless.toString())))
        for (const text of HOSTILE) {
          const elements = elementsOf(parse(show(pageOf(text, signedIn), text).toString()))
          t.same(structure(elements), expected, named(text))
          t.same(strayAddresses(elements), [], named(text))
        }
        t.match(harmless.toString(), 'mot')
      },
    )
  }
}

/** Addresses that leave the forum, and the device: an app for codes is on it. */
function strayAddresses(elements: Element[]): string[] {
  const origin = 'https://forum.example'
  return elements
    .flatMap(({ attrs }) => attrs.filter(({ name }) => ['href', 'src', 'action'].includes(name)))
    .map(({ value }) => value)
    .map((address) => new URL(address, `${origin}/threads/7/sujet`))
    .filter(({ origin: to, protocol }) => to !== origin && protocol !== 'otpauth:')
    .map(({ href }) => href)
}

t.test('a form that comes back holds to the letter what was typed', async (t) => {
  for (const text of [...HOSTILE, '\n\nune ligne', ' des espaces ', '']) {
    const typed = text.replaceAll('\0', '')
    const page = parsed(EVERY_PAGE.newThreadPage?.(pageOf('/', true), typed) ?? '')
    const value = (selector: string) => {
      const field = page.querySelector(selector)
      return field && 'value' in field ? field.value : null
    }
    t.equal(value('textarea[name=body]'), typed)
    t.equal(value('input[name=request_id]'), typed)
    t.equal(value('input[name=title]'), typed.replace(/\n/g, ''), 'on one line')
  }
})
