import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import { settingsTabs } from '../members/settings-tabs.ts'
import type { FieldMessages, Page } from '../page.ts'
import { accountName, textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { time } from '../parts/time.ts'

interface Offered {
  /** In base32, to type into the app. */
  secret: string
  /** A link that opens an app on the same device, which cannot scan its own screen. */
  address: string
  /** The link as a QR code. */
  pictureHtml: Html
  /** The last login is too old, so the form asks for the password. */
  asksPassword: boolean
  messages: FieldMessages
}

interface SwitchedOn {
  switchedOnAt: Date
  /** Unused recovery codes. */
  codesLeft: number
  messages: FieldMessages
}

/** The page that switches a second factor on: the secret for the app, and a field for the first code. */
export const secondFactorPage = (page: Page, factor: Offered): Html => around(page, offered(page, factor))

/** The page of a second factor that is on: new recovery codes, and switching it off. */
export const secondFactorOnPage = (page: Page, factor: SwitchedOn): Html => around(page, switchedOn(page, factor))

function around(page: Page, contentHtml: Html): Html {
  const { t } = page
  return layout(
    page,
    { title: t('second_factor.title'), unlisted: true },
    html`<h1>${t('accounts.settings')}</h1>
${settingsTabs(page, 'security')}
<section>
<h2>${t('second_factor.title')}</h2>
${contentHtml}
</section>`,
  )
}

function offered(page: Page, { secret, address, pictureHtml, asksPassword, messages }: Offered): Html {
  const { t } = page
  return html`<p>${t('second_factor.lead')}</p>
<ol class="steps">
<li><p>${t('second_factor.scan')}</p>
<div class="qr" role="img" aria-label="${t('second_factor.picture')}">${pictureHtml}</div>
<p><a href="${address}">${t('second_factor.open_app')}</a></p>
<p>${t('second_factor.by_hand')} <code class="secret" data-secret="${secret}" translate="no">${secret}</code></p></li>
<li><form method="post" action="/settings/security/totp" class="sheet">
${formProblems(page, messages, ['code', 'password'], null)}
${textField({ name: 'code', label: t('second_factor.first_code'), hint: t('second_factor.first_code_hint'), value: '', autocomplete: 'one-time-code', verbatim: true, required: true, longest: 40, problem: messages.code })}
${asksPassword ? html`${accountName(page.viewer?.username ?? '')}${textField({ name: 'password', label: t('accounts.password'), value: '', type: 'password', autocomplete: 'current-password', required: true, problem: messages.password })}` : ''}
<p class="buttons"><button class="main">${t('second_factor.switch_on')}</button></p>
</form></li>
</ol>`
}

function switchedOn(page: Page, { switchedOnAt, codesLeft, messages }: SwitchedOn): Html {
  const { t } = page
  const password = (name: string) =>
    textField({
      name,
      label: t('accounts.password'),
      value: '',
      type: 'password',
      autocomplete: 'current-password',
      required: true,
      problem: messages[name],
    })
  return html`<p>${t('second_factor.is_on')} ${t('second_factor.since')} ${time(switchedOnAt, page)}.</p>
<h3>${t('second_factor.codes')}</h3>
<p>${t('second_factor.codes_left', { count: codesLeft })}</p>
<form method="post" action="/settings/security/totp/codes" class="sheet">
${formProblems(page, messages, ['codes_password'], null)}
${accountName(page.viewer?.username ?? '')}
${password('codes_password')}
<p class="buttons"><button>${t('second_factor.new_codes')}</button></p>
</form>
<h3>${t('second_factor.switch_off')}</h3>
<p>${t('second_factor.off_lead')}</p>
<form method="post" action="/settings/security/totp/off" class="sheet">
${formProblems(page, messages, ['off_password'], null)}
${accountName(page.viewer?.username ?? '')}
${password('off_password')}
<p class="buttons"><button>${t('second_factor.switch_off')}</button></p>
</form>`
}
