import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { betweenFields, type WaitingView } from './login-page.ts'

export interface CodePage {
  /** Where to go afterwards. */
  next: string
  kept: WaitingView | null
  messages: FieldMessages
}

/** The second step of a login: the code of an authenticator app, or a recovery code. */
export function codePage(page: Page, { next, kept, messages }: CodePage): Html {
  const { t } = page
  return layout(
    page,
    { title: t('second_factor.code_title'), unlisted: true },
    html`<h1>${t('second_factor.code_title')}</h1>
<p>${t('second_factor.code_lead')}</p>
<form method="post" action="/login/code" class="sheet">
${formProblems(page, messages, ['code'], null)}
${betweenFields(next, kept)}
${textField({ name: 'code', label: t('second_factor.code'), hint: t('second_factor.code_hint'), value: '', autocomplete: 'one-time-code', verbatim: true, required: true, autofocus: true, longest: 40, problem: messages.code })}
<p class="buttons"><button class="main">${t('accounts.log_in')}</button> <a href="/login">${t('second_factor.other_account')}</a></p>
</form>`,
  )
}
