import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { accountName, textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { betweenFields, type WaitingView } from './login-page.ts'

export interface PasswordAgain {
  /** Where to go afterwards. */
  next: string
  kept: WaitingView | null
  messages: FieldMessages
}

/** Asks a member for their password again, so that nobody else at an open window can do important things. */
export function passwordAgainPage(page: Page, { next, kept, messages }: PasswordAgain): Html {
  const { t } = page
  return layout(
    page,
    { title: t('accounts.password_again'), unlisted: true },
    html`<h1>${t('accounts.password_again')}</h1>
<p>${t('accounts.password_again_lead')}</p>
${kept ? html`<p class="notice" role="status">${t('accounts.password_again_kept')}</p>` : ''}
<form method="post" action="/login/again" class="sheet">
${formProblems(page, messages, ['password'], null)}
${betweenFields(next, kept)}
${accountName(page.viewer?.username ?? '')}
${textField({ name: 'password', label: t('accounts.password'), value: '', type: 'password', autocomplete: 'current-password', required: true, autofocus: true, problem: messages.password })}
<p class="buttons"><button class="main">${t('accounts.go_on')}</button></p>
</form>`,
  )
}
