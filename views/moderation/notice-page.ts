import { type Html, html } from '../../src/platform/text/html.ts'
import type { Decision, FlagReason } from '../../src/schema/enums.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { time } from '../parts/time.ts'

export interface NoticePage {
  code: string
  url: string
  reason: FlagReason
  explanation: string
  createdAt: Date
  closedAt: Date | null
  decision: Decision | null
  statement: string | null
}

/** The state of a notice, for somebody with its code: confirmed, then decided with reasons. */
export function noticePage(page: Page, notice: NoticePage): Html {
  const { t } = page
  const { code, url, reason, explanation, createdAt, closedAt } = notice
  return layout(
    page,
    { title: t('report.received'), unlisted: true },
    html`<h1>${t('report.received')}</h1>
<p class="notice">${t('report.received_lead')}</p>
<dl class="facts">
<dt>${t('report.code')}</dt><dd><code data-code="${code}">${code}</code></dd>
<dt>${t('report.received_at')}</dt><dd>${time(createdAt, page)}</dd>
<dt>${t('report.about')}</dt><dd dir="auto">${url}</dd>
<dt>${t('report.said')}</dt><dd>${t(`flags.${reason}`)}<p class="typed" dir="auto">${explanation}</p></dd>
<dt>${t('report.state')}</dt><dd data-state="${closedAt ? 'decided' : 'waiting'}">${closedAt ? html`${t('report.decided')} ${time(closedAt, page)}` : t('report.waits')}</dd>
</dl>
${closedAt ? decision(page, notice) : ''}
<p class="about">${t('report.kept')}</p>`,
  )
}

/** The decision as article 17 requires it: what, on which ground, for which reasons, by whom, and how to appeal. */
function decision(page: Page, { decision: decided, reason, statement }: NoticePage): Html {
  const { t } = page
  return html`<section><h2>${t('report.decided')}</h2>
${decided && decided !== 'escalate' ? html`<p>${t(`report.decision_${decided}`)}</p>` : ''}
<p>${t('report.ground')} ${t(reason === 'illegal' ? 'report.ground_legal' : 'report.ground_terms')}</p>
${statement ? html`<p>${t('report.reasons')} <q class="typed" dir="auto">${statement}</q></p>` : ''}
<p>${t('report.no_automation')}</p>
<p>${t('report.redress')} <a href="/legal">${t('page_names.legal')}</a></p></section>`
}
