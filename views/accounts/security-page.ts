import { html } from 'ghtml'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../../src/limits.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { time } from '../parts/time.ts'
import { settingsTabs } from './settings-tabs.ts'

export interface SecurityPage {
  sessions: { hash: string; device: string; createdAt: Date; current: boolean }[]
  saved: boolean
  messages: Record<string, string>
}

/** A member’s password and open sessions. */
export function securityPage(page: Page, { sessions, saved, messages }: SecurityPage): string {
  const { t } = page
  return layout(
    page,
    { title: t('accounts.tab_security'), unlisted: true },
    html`<h1>${t('accounts.settings')}</h1>
!${settingsTabs(page, 'security')}
!${saved ? html`<p class="notice" role="status">${t('accounts.saved')}</p>` : ''}
<section>
<h2>${t('accounts.change_password')}</h2>
<form method="post" action="/settings/security" class="sheet">
!${formProblems(page, messages, ['current_password', 'new_password'])}
<input type="hidden" name="action" value="change-password">
<input type="hidden" name="username" value="${page.viewer?.username ?? ''}" autocomplete="username">
!${textField({ name: 'current_password', label: t('accounts.current_password'), value: '', type: 'password', autocomplete: 'current-password', required: true, problem: messages.current_password })}
!${textField({ name: 'new_password', label: t('accounts.new_password'), hint: t('accounts.new_password_hint', { count: SHORTEST_PASSWORD }), value: '', type: 'password', autocomplete: 'new-password', longest: LONGEST_PASSWORD, required: true, problem: messages.new_password })}
<p class="buttons"><button class="main">${t('accounts.change_password')}</button></p>
</form>
</section>
<section>
<h2>${t('accounts.sessions')}</h2>
<p>${t('accounts.sessions_lead')}</p>
<ul class="lines" role="list">!${sessions.map((session) => sessionLine(page, session))}</ul>
!${sessions.length > 1 ? endButton('end-other-sessions', t('accounts.end_other_sessions')) : ''}
</section>`,
  )
}

function sessionLine(page: Page, session: SecurityPage['sessions'][number]): string {
  const { t } = page
  return html`<li><span>${session.device || t('accounts.unknown_device')} <span class="when">${t('accounts.opened')} !${time(session.createdAt, page)}</span></span>
!${session.current ? html`<strong>${t('accounts.this_session')}</strong>` : endButton('end-session', t('accounts.end_session'), session.hash)}</li>`
}

function endButton(action: string, label: string, hash?: string): string {
  return html`<form method="post" action="/settings/security"><input type="hidden" name="action" value="${action}">!${
    hash ? html`<input type="hidden" name="session" value="${hash}">` : ''
  }<button>${label}</button></form>`
}
