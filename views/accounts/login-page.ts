import { html } from 'ghtml'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'

export interface LoginForm {
  username: string
  /** Where to go afterwards. */
  next: string
  /** A form that was sent without a session, packed, to be shown again afterwards. */
  kept: string | null
  messages: Record<string, string>
}

/** Where one logs in; with what was being written, if a session ended over it. */
export function loginPage(page: Page, { username, next, kept, messages }: LoginForm): string {
  const { t } = page
  return layout(
    page,
    { title: t('accounts.log_in'), unlisted: true },
    html`<h1>${t('accounts.log_in')}</h1>
!${kept ? html`<p class="notice" role="status">${t('accounts.log_in_to_send')}</p>` : ''}
<form method="post" action="/login" class="sheet">
!${formProblems(page, messages, ['username', 'password'])}
<input type="hidden" name="next" value="${next}">
!${kept ? html`<input type="hidden" name="kept_form" value="${kept}">` : ''}
!${textField({ name: 'username', label: t('accounts.username_or_email'), value: username, autocomplete: 'username', verbatim: true, required: true, autofocus: true, problem: messages.username })}
!${textField({ name: 'password', label: t('accounts.password'), value: '', type: 'password', autocomplete: 'current-password', required: true, problem: messages.password })}
<p class="buttons"><button class="main">${t('accounts.log_in')}</button>
<a href="/register?next=${encodeURIComponent(next)}">${t('accounts.register')}</a> <a href="/reset">${t('email.forgotten')}</a></p>
</form>`,
  )
}
