import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import { settingsTabs } from '../members/settings-tabs.ts'
import type { FieldMessages, Page } from '../page.ts'
import { textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { timeZoneField } from '../parts/time-zone-field.ts'
import { type PushSection, pushSection } from './push-section.ts'

export interface EmailSettings {
  /** The confirmed address; null for none. */
  address: string | null
  /** The address that waits for confirmation; null for none. */
  pending: string | null
  /** Whether mails are stopped, because the address refused too many. */
  paused: boolean
  rhythm: string
  weekday: string
  hour: string
  timeZone: string
  notifyByMail: boolean
  /** A message at the top; empty for none. */
  notice: string
  /** The new address that was typed. */
  typed: string
  push: PushSection
  messages: FieldMessages
}

export function emailSettingsPage(page: Page, shown: EmailSettings): Html {
  const { t } = page
  const { address, pending, messages, notice } = shown
  return layout(
    page,
    { title: t('accounts.tab_email'), unlisted: true, writing: 'address' },
    html`<h1>${t('accounts.settings')}</h1>
${settingsTabs(page, 'email')}
${notice ? html`<p class="notice" role="status">${notice}</p>` : ''}
${shown.paused ? html`<div class="notice"><p>${t('email.paused')}</p><form method="post" action="/settings/email"><button name="action" value="resume">${t('email.resume')}</button></form></div>` : ''}
<section><h2>${t('email.address')}</h2>
<p>${address ? t('email.yours', { address }) : t('email.none')}</p>
${pending ? html`<div class="notice"><p>${t('email.pending', { address: pending })}</p><form method="post" action="/settings/email"><p class="buttons"><button name="action" value="resend">${t('email.resend')}</button> <button class="quiet" name="action" value="withdraw">${t('email.withdraw')}</button></p></form></div>` : ''}
<form method="post" action="/settings/email" class="sheet" id="address">
${messages.remove_password ? '' : formProblems(page, messages, ['email', 'password'])}
<input type="hidden" name="action" value="address">
${textField({ name: 'email', label: t(address ? 'email.other' : 'email.new'), hint: t('email.hint'), value: shown.typed || (pending ?? ''), type: 'email', autocomplete: 'email', required: true, problem: messages.email })}
${textField({ name: 'password', label: t('accounts.password'), value: '', type: 'password', autocomplete: 'current-password', required: true, problem: messages.password })}
<p class="buttons"><button class="main">${t('email.send_link')}</button></p>
</form>
${address ? html`<form method="post" action="/settings/email">${textField({ name: 'remove_password', label: t('email.remove_password'), value: '', type: 'password', autocomplete: 'current-password', required: true, problem: messages.remove_password })}<p class="buttons"><button class="quiet" name="action" value="remove">${t('email.remove')}</button></p></form>` : ''}
</section>
${address ? digestForm(page, shown) : ''}
${pushSection(page, shown.push)}`,
  )
}

function digestForm(page: Page, shown: EmailSettings): Html {
  const { t, language } = page
  const days = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
  const choices = (chosen: string, options: readonly (readonly [value: string, label: string])[]) =>
    html`${options.map(([value, label]) => html`<option value="${value}"${value === chosen ? ' selected' : ''}>${label}</option>`)}`
  const weekdays = Array.from(
    { length: 7 },
    (_, index) => [String(index + 1), days.format(new Date(Date.UTC(2024, 0, index + 1)))] as const,
  )
  const hours = Array.from({ length: 24 }, (_, hour) => [String(hour), t('email.at_hour', { hour })] as const)
  return html`<section><h2>${t('email.digest')}</h2>
<p>${t('email.digest_lead')}</p>
<form method="post" action="/settings/email" class="sheet">
<input type="hidden" name="action" value="digest">
<fieldset class="field"><legend>${t('email.rhythm')}</legend>${(['hourly', 'daily', 'weekly', 'never'] as const).map(
    (rhythm) =>
      html`<label><input type="radio" name="rhythm" value="${rhythm}"${rhythm === shown.rhythm ? ' checked' : ''}> ${t(`email.${rhythm}`)}</label> `,
  )}</fieldset>
<div class="field"><label for="field-weekday">${t('email.weekday')}</label><select id="field-weekday" name="weekday">${choices(shown.weekday, weekdays)}</select></div>
<div class="field"><label for="field-hour">${t('email.hour')}</label><select id="field-hour" name="hour">${choices(shown.hour, hours)}</select></div>
${timeZoneField(page, { chosen: shown.timeZone, problem: shown.messages.time_zone, forums: false })}
<div class="field"><label><input type="checkbox" name="notify_by_mail" value="on"${shown.notifyByMail ? ' checked' : ''}> ${t('email.notify_by_mail')}</label></div>
<p class="buttons"><button class="main">${t('accounts.save')}</button></p>
</form>
<form method="post" action="/settings/email"><p class="buttons"><a class="button" href="/settings/email/preview">${t('email.preview')}</a> <button name="action" value="send-preview">${t('email.send_preview')}</button></p></form>
</section>`
}
