import { LONGEST_PASSWORD, LONGEST_REASON, LONGEST_USERNAME, SHORTEST_PASSWORD } from '../../src/limits.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { worded } from '../../src/platform/text/i18n/worded.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { textArea, textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { trapField } from '../parts/trap-field.ts'
import { betweenFields, type WaitingView, whatWaits } from './login-page.ts'

export interface RegisterForm {
  username: string
  next: string
  /** The one-time token that makes the first admin; null for everybody else. */
  setup: string | null
  /** The token was valid once, but is used up. */
  setupUsed: boolean
  /** The form that continues after the registration. */
  kept: WaitingView | null
  /** What the forum requires to register. */
  asks: 'open' | 'approval' | 'invitation'
  reason: string
  invitation: string
  /** When the form was shown, signed. */
  shown: string
  email: string
  /** The slug of the city to follow; empty for none. */
  city: string
  cities: readonly LinkedBoard[]
  messages: FieldMessages
}

/** The registration page. */
export function registerPage(page: Page, form: RegisterForm): Html {
  const { t, language } = page
  const { username, next, setup, kept, messages } = form
  const mistaken = Object.keys(messages).length > 0
  const title = t(setup ? 'accounts.register_admin' : 'accounts.register')
  return layout(
    page,
    { title, unlisted: true, writing: 'registration' },
    html`<h1>${title}</h1>
${form.setupUsed ? html`<p class="notice" role="status">${t('accounts.setup_used')}</p>` : ''}
<p class="lead">${t('accounts.register_lead')}</p>
${kept ? html`<p class="notice" role="status">${t(whatWaits(kept))}</p>` : ''}
<form method="post" action="/register" class="sheet" id="registration">
${formProblems(page, messages, ['username', 'password', 'email', 'setup', 'reason', 'invitation', 'website'], 'errors.to_review')}
${betweenFields(next, kept)}
<input type="hidden" name="shown" value="${form.shown}">
${setup ? html`<input type="hidden" name="setup" value="${setup}">` : ''}
${textField({ name: 'username', label: t('accounts.username'), hint: t('accounts.username_hint'), value: username, autocomplete: 'username', verbatim: true, longest: LONGEST_USERNAME, required: true, autofocus: !mistaken, problem: messages.username })}
${textField({ name: 'password', label: t('accounts.password'), hint: t('accounts.password_hint', { count: SHORTEST_PASSWORD }), value: '', type: 'password', autocomplete: 'new-password', longest: LONGEST_PASSWORD, required: true, problem: messages.password })}
${textField({ name: 'email', label: t('accounts.email_optional'), hint: t('accounts.no_recovery'), value: form.email, type: 'email', autocomplete: 'email', problem: messages.email })}
<div class="field"><label for="field-city">${t('accounts.follow_city')}</label>
<select id="field-city" name="city"><option value=""></option>${form.cities.map(({ slug, name }) => html`<option value="${slug}"${slug === form.city ? ' selected' : ''}>${worded(name, language)}</option>`)}</select></div>
${asked(page, form)}${trapField(page, messages.website)}
<p class="buttons"><button class="main">${t('accounts.create')}</button>
${kept ? html`<button class="quiet" formaction="/login/begin" formnovalidate>${t('accounts.have_account')}</button>` : html`<a href="/login?next=${encodeURIComponent(next)}">${t('accounts.have_account')}</a>`}</p>
</form>`,
  )
}

/** The field for a reason or an invitation, where the forum requires it. */
function asked({ t }: Page, { asks, reason, invitation, messages }: RegisterForm): Html {
  if (asks === 'approval') {
    const words = { label: t('registration.reason'), hint: t('registration.reason_hint'), problem: messages.reason }
    return textArea({ name: 'reason', value: reason, longest: LONGEST_REASON, required: true, ...words })
  }
  if (asks === 'open') return html``
  const words = {
    label: t('registration.invitation'),
    hint: t('registration.invitation_hint'),
    problem: messages.invitation,
  }
  return textField({ name: 'invitation', value: invitation, verbatim: true, required: true, ...words })
}
