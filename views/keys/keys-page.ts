import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'

/** In the order of `keys.js`. */
const KEYS = ['j', 'k', 'n', 'r', '/', '?'] as const
const NAMES = { j: 'next', k: 'previous', n: 'unread', r: 'reply', '/': 'search', '?': 'help' } as const

/** The list of keys, as a page, or as a sheet over another page when a script opens it. */
export function keysPage(page: Page): Html {
  const { t } = page
  return layout(
    page,
    { title: t('keys.title'), canonical: '/keys' },
    html`<div class="keys"><h1 id="keys-title">${t('keys.title')}</h1>
<p class="about">${t('keys.lead')}</p>
<dl>${KEYS.map((key) => html`<div><dt><kbd>${key}</kbd></dt><dd>${t(`keys.${NAMES[key]}`)}</dd></div>`)}
<div><dt><kbd>Ctrl</kbd> <kbd>↵</kbd></dt><dd>${t('keys.send')}</dd></div></dl>
<p class="about">${t('keys.everywhere')}</p>
<dl><div><dt><kbd>${t('keys.tab')}</kbd> <kbd>↵</kbd></dt><dd>${t('keys.skip')}</dd></div>
<div><dt><kbd>← ↑ → ↓</kbd></dt><dd>${t('keys.cells')}</dd></div>
<div><dt><kbd>${t('keys.escape')}</kbd></dt><dd>${t('keys.fold')}</dd></div></dl>
<noscript><p class="hint">${t('keys.needs_script')}</p></noscript>
<p data-keys hidden><label><input type="checkbox" checked> ${t('keys.on')}</label></p>
<form method="dialog"><button>${t('keys.close')}</button></form></div>`,
  )
}
