import { type Html, html } from '../../src/platform/text/html.ts'
import type { MessageKey } from '../../src/platform/text/i18n/translate.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'

/** A kept form that continues after the login. */
export interface WaitingView {
  packed: string
  /** Whether it holds a text: then it is shown again before it is sent. */
  typed: boolean
  /** Whether it was sent after a session had ended. */
  ended: boolean
}

export interface LoginForm {
  username: string
  /** Where to go afterwards. */
  next: string
  kept: WaitingView | null
  /** Whether they have just chosen a new password through a link. */
  hasReset?: boolean
  /** Whether the page may offer passkeys. */
  passkeys: boolean
  messages: FieldMessages
}

/** The login page, which passes a kept form on. A browser without an earlier session is first offered to register. */
export function loginPage(page: Page, { username, next, kept, hasReset = false, passkeys, messages }: LoginForm): Html {
  const { t } = page
  const isNew = kept !== null && !kept.ended
  const mistaken = Object.keys(messages).length > 0
  return layout(
    page,
    { title: t('accounts.log_in'), unlisted: true, writing: 'login' },
    html`<h1>${t('accounts.log_in')}</h1>
${kept ? html`<p class="notice" role="status">${t(whatWaits(kept))}</p>` : ''}
${hasReset ? html`<p class="notice" role="status">${t('email.reset_done')}</p>` : ''}
${isNew ? signUp(page, next, kept) : ''}
<form method="post" action="/login" class="sheet" id="login">
${isNew ? html`<h2>${t('accounts.have_account')}</h2>` : ''}
${formProblems(page, messages, ['username', 'password'], null)}
${betweenFields(next, kept)}
${textField({ name: 'username', label: t('accounts.username_or_email'), value: username, autocomplete: 'username', verbatim: true, required: true, autofocus: !mistaken && !isNew, problem: messages.username })}
${textField({ name: 'password', label: t('accounts.password'), value: '', type: 'password', autocomplete: 'current-password', required: true, problem: messages.password })}
<p class="buttons"><button class="main">${t('accounts.log_in')}</button>
<a href="/reset">${t('email.forgotten')}</a></p>
</form>
${passkeys ? withPasskey(page, next, kept, messages.passkey) : ''}
${isNew ? '' : signUp(page, next, kept)}`,
  )
}

/** Hidden until a script finds that the browser supports passkeys. */
const withPasskey = ({ t }: Page, next: string, kept: WaitingView | null, problem: string | undefined): Html =>
  html`<form method="post" action="/login/passkey" class="sheet" data-passkey="login" hidden>
<p class="problem" role="alert"${problem ? '' : ' hidden'}>${problem ?? t('passkeys.failed')}</p>
${betweenFields(next, kept)}<input type="hidden" name="response">
<p class="buttons"><button>${t('passkeys.log_in')}</button></p>
</form>`

/** Fields that the pages of login and registration pass to each other. */
export const betweenFields = (next: string, kept: WaitingView | null): Html =>
  html`<input type="hidden" name="next" value="${next}">${kept ? html`<input type="hidden" name="kept_form" value="${kept.packed}">` : ''}`

function signUp({ t, site }: Page, next: string, kept: WaitingView | null): Html {
  if (!site.registers) {
    return html`<section class="sign-up"><p>${t('registration.closed')} <a href="/legal">${t('page_names.legal')}</a></p></section>`
  }
  const buttonHtml = kept
    ? html`<form method="post" action="/register/begin">${betweenFields(next, kept)}<button>${t('accounts.register')}</button></form>`
    : html`<a class="button" href="/register?next=${encodeURIComponent(next)}">${t('accounts.register')}</a>`
  return html`<section class="sign-up"><h2>${t('accounts.no_account')}</h2>
<p>${t('accounts.register_lead')}</p>
<div class="buttons">${buttonHtml}</div></section>`
}

/** Says what happened, and what becomes of the kept form. */
export function whatWaits({ typed, ended }: WaitingView): MessageKey {
  if (typed) return ended ? 'accounts.log_in_to_send' : 'accounts.needed_to_send'
  return ended ? 'accounts.log_in_to_do' : 'accounts.needed_to_do'
}
