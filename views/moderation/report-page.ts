import { LONGEST_STATEMENT } from '../../src/limits.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { FLAG_REASONS } from '../../src/schema/enums.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { textArea, textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { trapField } from '../parts/trap-field.ts'
import { reasonChoice } from './reason-choice.ts'

export interface ReportPage {
  url: string
  reason: string
  explanation: string
  name: string
  email: string
  goodFaith: boolean
  /** When the form was shown, signed. */
  shown: string
  messages: FieldMessages
}

const FIELDS = ['url', 'reason', 'explanation', 'name', 'email', 'good_faith', 'website'] as const

/** The form for people without an account (Regulation (EU) 2022/2065, article 16). */
export function reportPage(page: Page, form: ReportPage): Html {
  const { t } = page
  const { messages } = form
  return layout(
    page,
    { title: t('report.title'), unlisted: true, writing: 'report' },
    html`<h1>${t('report.title')}</h1>
<p class="lead">${t('report.lead')}</p>
<p class="hint">${t('report.find')} <a href="/search">${t('search.title')}</a></p>
${formProblems(page, messages, FIELDS)}
<form method="post" action="/report" class="sheet" id="report">
<input type="hidden" name="shown" value="${form.shown}">
${textField({ name: 'url', label: t('report.url'), hint: t('report.url_hint'), value: form.url, longest: 2_000, required: true, verbatim: true, problem: messages.url })}
${reasonChoice(page, { label: t('report.reason'), reasons: FLAG_REASONS, chosen: form.reason, problem: messages.reason })}
${textArea({ name: 'explanation', label: t('report.explanation'), hint: t('report.explanation_hint'), value: form.explanation, longest: LONGEST_STATEMENT, rows: 8, required: true, problem: messages.explanation })}
${textField({ name: 'name', label: t('report.name'), hint: t('report.name_hint'), value: form.name, longest: 200, autocomplete: 'name', problem: messages.name })}
${textField({ name: 'email', label: t('report.email'), hint: t('report.email_hint'), value: form.email, type: 'email', autocomplete: 'email', verbatim: true, problem: messages.email })}
${trapField(page, messages.website)}
<div class="field">${messages.good_faith ? html`<p class="problem" id="good_faith-problem">${messages.good_faith}</p>` : ''}
<label><input type="checkbox" name="good_faith" value="yes" required${form.goodFaith ? ' checked' : ''}${messages.good_faith ? html` aria-describedby="good_faith-problem"` : ''}> ${t('report.good_faith')}</label></div>
<p class="buttons"><button class="main">${t('report.send')}</button></p>
</form>`,
  )
}
