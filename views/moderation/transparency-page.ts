import { type Html, html } from '../../src/platform/text/html.ts'
import { showMonth, showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { MessageKey } from '../../src/platform/text/i18n/translate.ts'
import type { ActKind, FlagReason } from '../../src/schema/enums.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'

export interface ShownMonth {
  month: Date
  acts: readonly { kind: ActKind; count: number }[]
  reasons: readonly { reason: FlagReason; count: number }[]
}

/** What moderators do, counted by month, without any names. */
export function transparencyPage(page: Page, months: readonly ShownMonth[]): Html {
  const { t } = page
  return layout(
    page,
    { title: t('moderation.transparency'), canonical: '/transparency', description: t('moderation.transparency_lead') },
    html`<h1>${t('moderation.transparency')}</h1>
<p class="lead">${t('moderation.transparency_lead')}</p>
${months.length === 0 ? html`<p class="empty">${t('moderation.transparency_empty')}</p>` : ''}
${months.map((month) => monthSection(page, month))}`,
  )
}

function monthSection(page: Page, { month, acts, reasons }: ShownMonth): Html {
  const { t, language } = page
  return html`<section><h2>${showMonth(month, language)}</h2>
${counts(
  page,
  t('moderation.acts'),
  acts.map(({ kind, count }) => [`acts.${kind}` as const, count]),
)}
${counts(
  page,
  t('moderation.reasons'),
  reasons.map(({ reason, count }) => [`flags.${reason}` as const, count]),
)}
</section>`
}

function counts({ t, language }: Page, caption: string, lines: readonly (readonly [MessageKey, number])[]): Html {
  if (lines.length === 0) return html``
  return html`<table class="counts"><caption>${caption}</caption><tbody>${lines.map(
    ([key, count]) => html`<tr><th scope="row">${t(key)}</th><td>${showNumber(count, language)}</td></tr>`,
  )}</tbody></table>`
}
