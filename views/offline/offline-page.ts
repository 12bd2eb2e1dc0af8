import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'

/** The page of copies. A script lists them, because only the browser knows them. */
export function offlinePage(page: Page): Html {
  const { t } = page
  return layout(
    page,
    { title: t('offline.title'), unlisted: true },
    html`<h1>${t('offline.title')}</h1>
<p class="notice" data-if-missing hidden>${t('offline.missing')}</p>
<p class="lead">${t('offline.lead')}</p>
<p class="empty" data-if-none>${t('offline.none')}</p>
<section data-if-kept hidden><h2>${t('offline.kept')}</h2>
<ul data-kept></ul>
<p class="buttons"><button type="button" data-forget>${t('offline.forget')}</button></p></section>
<p>${t('offline.writing')}</p>
<p data-notified hidden>${t('push.new')}</p>`,
  )
}
