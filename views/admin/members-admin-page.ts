import { type Html, html } from '../../src/platform/text/html.ts'
import { showDay } from '../../src/platform/text/i18n/formats.ts'
import { ROLES, type Role } from '../../src/schema/enums.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { field, fieldAttributes, textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { memberLink } from '../parts/member-link.ts'
import { olderLink } from '../parts/older-link.ts'
import { adminTabs } from './admin-tabs.ts'

const STATES = ['waiting', 'silenced', 'banned'] as const

export interface FoundMember {
  id: number
  username: string
  role: Role
  createdAt: Date
  waitingSince: Date | null
  bannedAt: Date | null
  silencedUntil: Date | null
}

export interface MembersAdminPage {
  members: FoundMember[]
  /** Where older ones begin; null at the end. */
  next: string | null
  filters: { q: string; role: Role | ''; state: (typeof STATES)[number] | '' }
  messages: FieldMessages
}

/** Members with filters by name, role and state, and a form for each one's role. */
export function membersAdminPage(page: Page, { members, next, filters, messages }: MembersAdminPage): Html {
  const { t } = page
  const query = Object.fromEntries(Object.entries(filters).filter(([, value]) => value))
  return layout(
    page,
    { title: t('admin.members'), unlisted: true },
    html`<h1>${t('admin.title')}</h1>
${adminTabs(page, 'members')}
<p class="hint">${t('members_admin.on_their_page')} <a href="/invitations">${t('members_admin.invitations')}</a> · <a href="/admin/members?state=waiting">${t('members_admin.who_waits')}</a> · <a href="/moderation">${t('members_admin.let_in')}</a></p>
${formProblems(page, messages, [], null)}
<form method="get" action="/admin/members" class="sheet">
${textField({ name: 'q', label: t('members_admin.name'), value: filters.q, verbatim: true })}
${choice('role', t('members_admin.role'), [['', t('members_admin.any')], ...ROLES.map((role): Choice => [role, t(`roles.${role}`)])], filters.role)}
${choice('state', t('members_admin.state'), [['', t('members_admin.any')], ...STATES.map((state): Choice => [state, t(`members_admin.${state}`)])], filters.state)}
<p class="buttons"><button>${t('members_admin.find')}</button></p>
</form>
${members.length === 0 ? html`<p class="empty">${t('members_admin.none')}</p>` : ''}
<ol class="log" role="list">${members.map((member) => html`<li>${memberLine(page, member)}</li>`)}</ol>
${olderLink(page, '/admin/members', query, next)}`,
  )
}

type Choice = [value: string, label: string]

const choice = (name: string, label: string, choices: readonly Choice[], chosen: string): Html =>
  field(
    { name, label },
    html`<select ${fieldAttributes({ name, label })}>${choices.map(
      ([value, words]) => html`<option value="${value}"${value === chosen ? ' selected' : ''}>${words}</option>`,
    )}</select>`,
  )

/** One member. Warnings, bans and rescue links are on the profile. */
function memberLine(
  page: Page,
  { id, username, role, createdAt, waitingSince, bannedAt, silencedUntil }: FoundMember,
): Html {
  const { t } = page
  const states = [
    ...(waitingSince ? [t('members_admin.waiting')] : []),
    ...(silencedUntil && silencedUntil > new Date() ? [t('members_admin.silenced')] : []),
    ...(bannedAt ? [t('members_admin.banned')] : []),
  ]
  return html`<p>${memberLink(page, username)} <span class="hint">${states.join(' · ')}</span></p>
<p class="about">${t('members.since', { day: showDay(createdAt, page.language, page.timeZone) })}</p>
<details><summary>${t('members_admin.role_now', { role: t(`roles.${role}`) })}</summary>
<form method="post" action="/admin/members/${encodeURIComponent(username)}/role" class="buttons">
<label for="role-${id}">${t('members_admin.role')}</label>
<select id="role-${id}" name="role">${ROLES.map(
    (one) => html`<option value="${one}"${one === role ? ' selected' : ''}>${t(`roles.${one}`)}</option>`,
  )}</select>
<button>${t('members_admin.give')}</button></form></details>`
}
