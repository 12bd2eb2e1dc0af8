import { LONGEST_TOKEN_NAME } from '../../src/limits.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showDay } from '../../src/platform/text/i18n/formats.ts'
import { SCOPES, type Scope } from '../../src/schema/enums.ts'
import { layout } from '../layout.ts'
import { settingsTabs } from '../members/settings-tabs.ts'
import type { FieldMessages, Page } from '../page.ts'
import { field, fieldAttributes, textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'

interface TokenLine {
  id: number
  name: string
  scopes: readonly Scope[]
  /** As `YYYY-MM-DD`. */
  expiresOn: string
  lastUsedOn: string | null
}

export interface TokensPage {
  tokens: readonly TokenLine[]
  /** The new token, which is shown only this once; null for none. */
  made: string | null
  /** The values of the form. */
  name: string
  scopes: readonly string[]
  expiresOn: string
  revoked: boolean
  messages: FieldMessages
}

/** A member's tokens for the API, and the form for a new one. */
export function tokensPage(page: Page, shown: TokensPage): Html {
  const { t } = page
  const { tokens, made, messages } = shown
  return layout(
    page,
    { title: t('tokens.title'), unlisted: true },
    html`<h1>${t('accounts.settings')}</h1>
${settingsTabs(page, 'tokens')}
${shown.revoked ? html`<p class="notice" role="status">${t('tokens.revoked')}</p>` : ''}
${made === null ? '' : madeToken(page, made)}
<p>${t('tokens.lead')} ${t('tokens.password_ends_them')} <a href="/api/docs">${t('tokens.docs')}</a></p>
<section><h2>${t('tokens.present')}</h2>
${tokens.length === 0 ? html`<p class="empty">${t('tokens.none')}</p>` : html`<ul class="lines" role="list">${tokens.map((token) => tokenLine(page, token))}</ul>`}
</section>
<section><h2>${t('tokens.make')}</h2>
<form method="post" action="/settings/tokens" class="sheet">
${formProblems(page, messages, ['name', 'scopes', 'expires_on'])}
${textField({ name: 'name', label: t('tokens.name'), hint: t('tokens.name_hint'), value: shown.name, longest: LONGEST_TOKEN_NAME, required: true, problem: messages.name })}
${scopesField(page, shown)}
${dayField(page, shown)}
<p class="buttons"><button class="main">${t('tokens.make')}</button></p>
</form>
</section>`,
  )
}

const madeToken = ({ t }: Page, token: string): Html => html`<section class="notice" role="status">
<h2>${t('tokens.made')}</h2>
<p>${t('tokens.made_lead')}</p>
<p><code class="token" data-token="${token}">${token}</code></p>
</section>`

function tokenLine(page: Page, { id, name, scopes, expiresOn, lastUsedOn }: TokenLine): Html {
  const { t } = page
  const used = lastUsedOn ? t('tokens.last_used', { day: day(lastUsedOn, page) }) : t('tokens.never_used')
  return html`<li><span>${name} <span class="when">${scopes.map((scope) => t(`tokens.may_${scope}`)).join(', ')}, ${t('tokens.until', { day: day(expiresOn, page) })}, ${used}</span></span>
<form method="post" action="/settings/tokens/${id}/revoke"><button>${t('tokens.revoke')}</button></form></li>`
}

/** At noon UTC, so that the day is the same in every time zone. */
const day = (written: string, { language }: Page): string => showDay(new Date(`${written}T12:00Z`), language, 'UTC')

function scopesField({ t }: Page, { scopes, messages }: TokensPage): Html {
  const { scopes: problem } = messages
  return html`<fieldset class="field" id="field-scopes" tabindex="-1"${problem ? html` aria-describedby="scopes-problem" autofocus` : ''}>
<legend>${t('tokens.scopes')}</legend>
${problem ? html`<p class="problem" id="scopes-problem">${problem}</p>` : ''}
${SCOPES.map(
  (scope) =>
    html`<label><input type="checkbox" name="scopes" value="${scope}"${scopes.includes(scope) ? ' checked' : ''}> ${t(`tokens.scope_${scope}`)}</label>`,
)}
</fieldset>`
}

function dayField({ t }: Page, { expiresOn, messages }: TokensPage): Html {
  const shown = {
    name: 'expires_on',
    label: t('tokens.expires_on'),
    hint: t('tokens.expires_on_hint'),
    problem: messages.expires_on,
  }
  return field(shown, html`<input ${fieldAttributes(shown)} type="date" value="${expiresOn}" required>`)
}
