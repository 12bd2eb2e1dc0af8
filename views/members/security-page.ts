import { LONGEST_PASSKEY_NAME, LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../../src/limits.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showDay } from '../../src/platform/text/i18n/formats.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { accountName, textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { time } from '../parts/time.ts'
import { settingsTabs } from './settings-tabs.ts'

export interface SecurityPage {
  sessions: { hash: string; device: string; createdAt: Date; seenOn: string; current: boolean }[]
  /** When the password was last changed; null: never. */
  passwordChanged: Date | null
  /** The second factor; null when it is off. */
  factor: { switchedOnAt: Date; codesLeft: number } | null
  passkeys: readonly { id: number; name: string; createdAt: Date; lastUsedOn: string | null }[]
  /** Whether a passkey can be added on this address. */
  offersPasskeys: boolean
  saved: boolean
  messages: FieldMessages
}

/** A member’s password and open sessions. */
export function securityPage(
  page: Page,
  { sessions, passwordChanged, factor, passkeys, offersPasskeys, saved, messages }: SecurityPage,
): Html {
  const { t } = page
  return layout(
    page,
    { title: t('accounts.tab_security'), unlisted: true },
    html`<h1>${t('accounts.settings')}</h1>
${settingsTabs(page, 'security')}
${saved ? html`<p class="notice" role="status">${t('accounts.saved')}</p>` : ''}
<section>
<h2>${t('accounts.change_password')}</h2>
${passwordChanged ? html`<p>${t('accounts.password_changed')} ${time(passwordChanged, page)}</p>` : ''}
<form method="post" action="/settings/security" class="sheet">
${messages.password ? '' : formProblems(page, messages, ['current_password', 'new_password'])}
<input type="hidden" name="action" value="change-password">
${accountName(page.viewer?.username ?? '')}
${textField({ name: 'current_password', label: t('accounts.current_password'), value: '', type: 'password', autocomplete: 'current-password', required: true, problem: messages.current_password })}
${textField({ name: 'new_password', label: t('accounts.new_password'), hint: t('accounts.new_password_hint', { count: SHORTEST_PASSWORD }), value: '', type: 'password', autocomplete: 'new-password', longest: LONGEST_PASSWORD, required: true, problem: messages.new_password })}
<p class="buttons"><button class="main">${t('accounts.change_password')}</button></p>
</form>
</section>
<section>
<h2>${t('second_factor.title')}</h2>
${
  factor
    ? html`<p>${t('second_factor.is_on')} ${t('second_factor.codes_left', { count: factor.codesLeft })}</p>`
    : html`<p>${t('second_factor.lead')}</p>`
}
<p class="buttons"><a class="button" href="/settings/security/totp">${factor ? t('second_factor.look_after') : t('second_factor.set_up')}</a></p>
</section>
${offersPasskeys || passkeys.length > 0 ? passkeySection(page, { passkeys, offersPasskeys, messages }) : ''}
<section>
<h2>${t('accounts.sessions')}</h2>
<p>${t('accounts.sessions_lead')}</p>
<form method="post" action="/settings/security">
${sessions.length > 1 ? endOthers(page, messages) : ''}
<ul class="lines" role="list">${sessions.map((session) => sessionLine(page, session))}</ul>
</form>
</section>`,
  )
}

function passkeySection(
  page: Page,
  { passkeys, offersPasskeys, messages }: Pick<SecurityPage, 'passkeys' | 'offersPasskeys' | 'messages'>,
): Html {
  const { t } = page
  return html`<section>
<h2>${t('passkeys.title')}</h2>
<p>${t('passkeys.lead')}</p>
${passkeys.length === 0 ? html`<p class="empty">${t('passkeys.none')}</p>` : html`<ul class="lines" role="list">${passkeys.map((one) => passkeyLine(page, one))}</ul>`}
${offersPasskeys ? html`<noscript><p class="hint">${t('passkeys.needs_script')}</p></noscript>${addPasskey(page, messages)}` : ''}
</section>`
}

/** Hidden until a script finds that the browser supports passkeys. */
const addPasskey = ({ t }: Page, messages: FieldMessages): Html =>
  html`<form method="post" action="/settings/security/passkeys" class="sheet" data-passkey="new" hidden>
<p class="problem" role="alert"${messages.passkey ? '' : ' hidden'}>${messages.passkey ?? t('passkeys.failed')}</p>
<input type="hidden" name="response">
${textField({ name: 'name', label: t('passkeys.name'), hint: t('passkeys.name_hint'), value: '', longest: LONGEST_PASSKEY_NAME, required: true })}
<p class="buttons"><button>${t('passkeys.add')}</button></p>
</form>`

function passkeyLine(page: Page, passkey: SecurityPage['passkeys'][number]): Html {
  const { t, language } = page
  const { id, name, createdAt, lastUsedOn } = passkey
  const used = lastUsedOn
    ? t('passkeys.last_used', { day: showDay(new Date(`${lastUsedOn}T12:00Z`), language, 'UTC') })
    : t('passkeys.never_used')
  return html`<li><span>${name} <span class="when">${t('passkeys.added')} ${time(createdAt, page)}, ${used}</span></span>
<form method="post" action="/settings/security/passkeys/${id}/remove"><button>${t('passkeys.remove')}</button></form></li>`
}

function sessionLine(page: Page, session: SecurityPage['sessions'][number]): Html {
  const { t } = page
  return html`<li><span>${session.device || t('accounts.unknown_device')} <span class="when">${t('accounts.opened')} ${time(session.createdAt, page)}, ${t('accounts.last_seen', { day: showDay(new Date(`${session.seenOn}T12:00Z`), page.language, 'UTC') })}</span></span>
${session.current ? html`<strong>${t('accounts.this_session')}</strong>` : html`<button name="session" value="${session.hash}">${t('accounts.end_session')}</button>`}</li>`
}

/** One password field for all buttons. This button is first, because the Enter key presses the first. */
function endOthers(page: Page, messages: FieldMessages): Html {
  const { t } = page
  return html`${textField({ name: 'password', label: t('accounts.password_to_end'), value: '', type: 'password', autocomplete: 'current-password', required: true, problem: messages.password })}
<p class="buttons"><button name="action" value="end-other-sessions">${t('accounts.end_other_sessions')}</button></p>`
}
