import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../../src/limits.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { accountName, textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'

interface ConfirmLink {
  token: string
  /** The member's name. */
  name: string
  address: string
  messages: FieldMessages
}

/** The page of the confirmation link. GET changes nothing, because mail scanners open links. */
export function confirmPage(page: Page, { token, name, address, messages }: ConfirmLink): Html {
  const { t } = page
  return layout(
    page,
    { title: t('email.confirm'), unlisted: true },
    html`<h1>${t('email.confirm')}</h1>
<form method="post" action="/confirm/${token}" class="sheet">
${formProblems(page, messages, ['email'])}
<p>${t('email.confirm_for', { address, name })}</p>
<p class="buttons"><button class="main">${t('email.confirm')}</button></p>
</form>`,
  )
}

/** Shown after confirming, to somebody who is not logged in here. */
export function confirmedPage(page: Page, { name, address }: { name: string; address: string }): Html {
  const { t, viewer } = page
  return layout(
    page,
    { title: t('email.confirmed'), unlisted: true },
    html`<h1>${t('email.confirmed')}</h1>
<p class="lead" role="status">${t('email.confirmed_lead', { address, name })}</p>
${viewer ? '' : html`<p class="buttons"><a class="button" href="/login?next=/settings/email">${t('accounts.log_in')}</a></p>`}`,
  )
}

/** For members who have forgotten their password and have confirmed an address. */
export function askResetPage(page: Page, form: { email: string; sent: boolean; messages: FieldMessages }): Html {
  const { t } = page
  return layout(
    page,
    { title: t('email.forgotten'), unlisted: true },
    html`<h1>${t('email.forgotten')}</h1>
${form.sent ? html`<p class="notice" role="status">${t('email.reset_sent')}</p>` : ''}
<p class="lead">${t('email.forgotten_lead')}</p>
<form method="post" action="/reset" class="sheet">
${formProblems(page, form.messages, ['email'])}
${textField({ name: 'email', label: t('email.address'), value: form.email, type: 'email', autocomplete: 'email', required: true, problem: form.messages.email })}
<p class="buttons"><button class="main">${t('email.send_link')}</button></p>
</form>`,
  )
}

/** The page of the link to reset a password. */
export function resetPage(
  page: Page,
  { token, name, messages }: { token: string; name: string; messages: FieldMessages },
): Html {
  const { t } = page
  return layout(
    page,
    { title: t('email.choose_password'), unlisted: true },
    html`<h1>${t('email.choose_password')}</h1>
<form method="post" action="/reset/${token}" class="sheet">
${formProblems(page, messages, ['password'])}
<p>${t('email.for_account', { name })}</p>
${accountName(name)}
${textField({ name: 'password', label: t('accounts.password'), hint: t('accounts.password_hint', { count: SHORTEST_PASSWORD }), value: '', type: 'password', autocomplete: 'new-password', longest: LONGEST_PASSWORD, required: true, problem: messages.password })}
<p class="buttons"><button class="main">${t('accounts.save')}</button></p>
</form>`,
  )
}
