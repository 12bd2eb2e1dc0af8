import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'

export interface LegalPage {
  /** As it was sanitised when it was saved; null while nothing is written. */
  textHtml: Html | null
  /** Whether the reader could write it. */
  administers: boolean
}

/** Points of contact and terms, by those who run the forum. */
export function legalPage(page: Page, { textHtml, administers }: LegalPage): Html {
  const { t } = page
  const emptyHtml = administers
    ? html`<p class="notice">${t('legal.to_write')} <a href="/admin/settings">${t('legal.write')}</a></p>`
    : html`<p class="empty">${t('legal.empty')}</p>`
  return layout(
    page,
    { title: t('legal.title'), canonical: '/legal' },
    html`<h1>${t('legal.title')}</h1>
${textHtml ? html`<div class="prose">${textHtml}</div>` : emptyHtml}
<p><a href="/report" rel="nofollow">${t('report.title')}</a></p>`,
  )
}
