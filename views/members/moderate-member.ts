import { LONGEST_REASON } from '../../src/limits.ts'
import { memberPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showDay } from '../../src/platform/text/i18n/formats.ts'
import type { MemberName } from '../../src/schema/members.ts'
import type { FieldMessages, Page } from '../page.ts'
import { field, fieldAttributes, textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { memberName } from '../parts/member-link.ts'
import { time } from '../parts/time.ts'

/** What a moderator typed, with errors. */
export interface SanctionForm {
  reason: string
  days: string
  hours: string
  messages: FieldMessages
}

export interface ShownSanction {
  kind: 'warn' | 'silence' | 'ban'
  reason: string
  at: Date
  until: Date | null
  liftedAt: Date | null
  holds: boolean
  /** Null for the command line. */
  by: MemberName
  /** Whether it came from the command line. */
  byConsole: boolean
}

export interface MemberModeration {
  maySanction: boolean
  /** The newest first. */
  sanctions: readonly ShownSanction[]
  form: SanctionForm
}

/** What moderators may do to a member, with earlier sanctions; folded under the head of the profile. */
export function moderateMember(page: Page, username: string, moderation: MemberModeration): Html {
  const { t } = page
  const { maySanction, sanctions, form } = moderation
  if (!maySanction && sanctions.length === 0) return html``
  const isOpen = Object.keys(form.messages).length > 0 || sanctions.some(({ holds }) => holds)
  return html`<details class="moderate"${isOpen ? ' open' : ''}><summary>${t('cases.title')}</summary>
${sanctions.length > 0 ? html`<ul class="sanctions" role="list">${sanctions.map((one) => html`<li>${sanctionLine(page, one)}</li>`)}</ul>` : html`<p class="about">${t('moderation.no_sanctions')}</p>`}
<p><a href="/moderation/log?member=${encodeURIComponent(username)}">${t('moderation.log_of_member')}</a></p>
${maySanction ? sanctionForm(page, username, form) : ''}</details>`
}

/** A sanction in one line: what, from when to when, by whom and why. */
export function sanctionLine(
  page: Page,
  { kind, reason, at, until, liftedAt, holds, by, byConsole }: ShownSanction,
): Html {
  const { t, language, timeZone } = page
  const state =
    kind === 'warn'
      ? ''
      : liftedAt !== null
        ? t('moderation.lifted_on', { day: showDay(liftedAt, language, timeZone) })
        : until === null
          ? t('moderation.without_end')
          : t(holds ? 'moderation.until' : 'moderation.ended', { day: showDay(until, language, timeZone) })
  return html`<strong>${t(`acts.${kind}`)}</strong> ${time(at, page)} ${byConsole ? t('moderation.by_console') : html`<bdi>${memberName(page, by)}</bdi>`}${state ? ` · ${state}` : ''}
${reason ? html`<q dir="auto">${reason}</q>` : ''}`
}

function sanctionForm(page: Page, username: string, { reason, days, hours, messages }: SanctionForm): Html {
  const { t } = page
  const path = memberPath(username)
  const reasonField = {
    name: 'reason',
    label: t('moderation.reason'),
    hint: t('moderation.reason_hint'),
    problem: messages.reason,
  }
  const daysField = {
    name: 'days',
    label: t('moderation.days'),
    hint: t('moderation.days_hint'),
    value: days,
    problem: messages.days,
  }
  return html`<form method="post" action="${path}/warn">
${formProblems(page, messages, ['reason', 'days', 'hours'])}
${field(reasonField, html`<textarea ${fieldAttributes(reasonField)} rows="3" maxlength="${LONGEST_REASON}" dir="auto">${reason}</textarea>`)}
${textField(daysField)}
<p class="buttons"><button>${t('moderation.warn')}</button>
<button formaction="${path}/silence">${t('moderation.silence')}</button>
<button formaction="${path}/ban">${t('moderation.ban')}</button>
<button formaction="${path}/lift" class="quiet">${t('moderation.lift')}</button></p>
${textField({ name: 'hours', label: t('moderation.hours'), value: hours, problem: messages.hours })}
<p class="buttons"><button formaction="${path}/purge">${t('moderation.purge')}</button>
<button formaction="${path}/unpurge" class="quiet">${t('moderation.unpurge')}</button></p>
</form>`
}
