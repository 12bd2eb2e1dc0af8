import { glob } from 'node:fs/promises'
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

/** Which elements a page has, in order, each with the names of its attributes. */
const structure = (document: Document) =>
  [...document.querySelectorAll('*')].map((element) => [element.localName, ...element.getAttributeNames()].join(' '))

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
        const harmless = parsed(show(pageOf('mot', signedIn), 'mot'))
        for (const text of HOSTILE) {
          const page = parsed(show(pageOf(text, signedIn), text))
          t.same(structure(page), structure(harmless), named(text))
          t.same(strayAddresses(page), [], named(text))
        }
        t.ok(harmless.documentElement.outerHTML.includes('mot'))
      },
    )
  }
}

/** Addresses that leave the forum. */
function strayAddresses(page: Document): string[] {
  const origin = 'https://forum.example'
  return [...page.querySelectorAll('[href], [src], [action]')]
    .flatMap((element) => ['href', 'src', 'action'].map((name) => element.getAttribute(name) ?? ''))
    .filter((address) => new URL(address, `${origin}/threads/7/sujet`).origin !== origin)
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
