import { LONGEST_STATEMENT } from '../../src/limits.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { textArea } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { time } from '../parts/time.ts'

export interface AppealPage {
  sanction: { kind: 'warn' | 'silence' | 'ban'; reason: string; until: Date | null } | null
  appeal: { words: string | null; closedAt: Date | null; decision: string | null; statement: string | null } | null
  body: string
  messages: FieldMessages
}

/** The member's present sanction, and their one appeal against it. */
export function appealPage(page: Page, { sanction, appeal, body, messages }: AppealPage): Html {
  const { t } = page
  return layout(
    page,
    { title: t('appeals.title'), unlisted: true },
    html`<h1>${t('appeals.title')}</h1>
${sanction ? html`<p>${t('cases.against')} ${t(`cases.sanction_${sanction.kind}`)}${sanction.until ? html` ${t('cases.sanction_until')} ${time(sanction.until, page)}` : ''}${sanction.reason ? html`. ${t('notifications.reason')} <q dir="auto">${sanction.reason}</q>` : ''}</p>` : ''}
${
  appeal
    ? state(page, appeal)
    : sanction === null
      ? html`<p class="notice">${t('appeals.nothing')}</p>`
      : html`<p class="lead">${t('appeals.lead')}</p>
${formProblems(page, messages, ['body'])}
<form method="post" action="/appeal" class="sheet" id="appeal">
${textArea({ name: 'body', label: t('appeals.body'), value: body, longest: LONGEST_STATEMENT, rows: 8, required: true, problem: messages.body })}
<p class="buttons"><button class="main">${t('appeals.send')}</button></p>
</form>`
}`,
  )
}

function state(page: Page, { words, closedAt, decision, statement }: AppealPage['appeal'] & object): Html {
  const { t } = page
  const answered = t(decision === 'approve' ? 'appeals.granted' : 'appeals.refused')
  return html`<p class="notice" data-state="${closedAt ? 'decided' : 'waiting'}">${closedAt ? html`${answered} ${time(closedAt, page)}` : t('appeals.waits')}</p>
${statement ? html`<p>${t('posts.reason')} <q class="typed" dir="auto">${statement}</q></p>` : ''}
${words ? html`<h2>${t('appeals.yours')}</h2><p class="typed" dir="auto">${words}</p>` : ''}`
}
