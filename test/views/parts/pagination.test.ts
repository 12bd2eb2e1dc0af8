import t from 'tap'
import { LANGUAGES } from '../../../src/platform/text/i18n/languages.ts'
import { translator } from '../../../src/platform/text/i18n/translate.ts'
import type { Page } from '../../../views/page.ts'
import { pagination } from '../../../views/parts/pagination.ts'
import { parsed } from '../../support/parsed.ts'

const PAGE: Page = {
  language: 'fr',
  t: translator('fr'),
  theme: null,
  viewer: null,
  here: '/',
  origin: null,
  assets: { stylesheet: '', scripts: new Map(), icon: '' },
  site: { name: '', tagline: '', welcome: '', registers: true, listed: true, languages: LANGUAGES, colours: null },
}

/** The links below one page of a list, in order. */
function links(current: number, last: number) {
  const html = pagination(PAGE, { current, last, pathOf: (number) => `/p/${number}`, label: 'Pages' })
  return [...parsed(html).querySelectorAll('a')].map((link) => ({
    page: Number(link.getAttribute('href')?.slice('/p/'.length)),
    text: link.textContent,
    current: link.getAttribute('aria-current') === 'page',
    rel: link.getAttribute('rel'),
  }))
}

const numbered = (current: number, last: number) => links(current, last).filter(({ rel }) => rel === null)

t.test('a list of one page has none', async (t) =>
  t.equal(pagination(PAGE, { current: 1, last: 1, pathOf: String, label: 'Pages' }).toString(), ''),
)

t.test('the way from each page to the next, the one before, the first and the last', async (t) => {
  for (let last = 2; last <= 25; last++) {
    for (let current = 1; current <= last; current++) {
      const around = links(current, last)
      t.same(
        around.filter((link) => link.current).map(({ page }) => page),
        [current],
        'one page is the present one',
      )
      t.equal(around.find(({ rel }) => rel === 'prev')?.page, current > 1 ? current - 1 : undefined)
      t.equal(around.find(({ rel }) => rel === 'next')?.page, current < last ? current + 1 : undefined)
      const pages = numbered(current, last).map(({ page }) => page)
      t.same(
        pages,
        [...new Set(pages)].sort((one, other) => one - other),
        'each once, in order',
      )
      t.same([pages.at(0), pages.at(-1)], [1, last])
      t.same(
        numbered(current, last).map(({ text }) => text),
        pages.map(String),
      )
    }
  }
})

t.test('every page of a long list can be reached from every other', async (t) => {
  for (const start of [1, 20, 40]) {
    const reached = new Set([start])
    for (const page of reached) for (const link of links(page, 40)) reached.add(link.page)
    t.equal(reached.size, 40)
  }
})

t.test('a gap stands for two pages at least', async (t) => {
  const shown = (current: number, last: number) =>
    [...parsed(pagination(PAGE, { current, last, pathOf: String, label: 'Pages' })).querySelectorAll('li')]
      .map((item) => item.textContent)
      .join(' ')
  t.equal(shown(5, 9), 'Précédente 1 2 3 4 5 6 7 8 9 Suivante')
  t.equal(shown(6, 11), 'Précédente 1 … 4 5 6 7 8 … 11 Suivante')
  t.equal(shown(1, 50_000), '1 2 3 … 50000 Suivante')
})
