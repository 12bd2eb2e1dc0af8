import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { type WrittenText, writtenText } from '../texts/text-page.ts'

/** How long each kind of data is kept; the names give the units. */
export interface KeptFor {
  idleSessionDays: number
  longestSessionDays: number
  confirmLinkHours: number
  resetLinkHours: number
  mailDays: number
  failedMailDays: number
  notificationDays: number
  deliveryDays: number
  idempotencyKeyHours: number
  attemptHours: number
  noticeMonths: number
  exportDays: number
  sampleDays: number
  formerMemberDays: number
}

export interface PrivacyPage {
  kept: KeptFor
  /** What the admins add; null for nothing. */
  text: WrittenText | null
}

/** What the forum keeps and how long, made from the figures that the code uses. */
export function privacyPage(page: Page, { kept, text }: PrivacyPage): Html {
  const { t } = page
  const rows: [string, string][] = [
    [t('privacy.account'), t('privacy.account_for')],
    [t('privacy.email'), t('privacy.email_for')],
    [t('privacy.posts'), t('privacy.posts_for')],
    [
      t('privacy.sessions'),
      t('privacy.sessions_for', { idle: kept.idleSessionDays, longest: kept.longestSessionDays }),
    ],
    [t('privacy.links'), t('privacy.links_for', { confirm: kept.confirmLinkHours, reset: kept.resetLinkHours })],
    [t('privacy.mails'), t('privacy.mails_for', { days: kept.mailDays, failed: kept.failedMailDays })],
    [t('privacy.notifications'), t('privacy.notifications_for', { days: kept.notificationDays })],
    [t('privacy.tokens'), t('privacy.tokens_for')],
    [t('privacy.own'), t('privacy.own_for')],
    [t('privacy.invitations'), t('privacy.invitations_for')],
    [t('privacy.push'), t('privacy.push_for')],
    [t('privacy.keys'), t('privacy.keys_for', { hours: kept.idempotencyKeyHours })],
    [t('privacy.deliveries'), t('privacy.deliveries_for', { days: kept.deliveryDays })],
    [t('privacy.attempts'), t('privacy.attempts_for', { hours: kept.attemptHours })],
    [t('privacy.exports'), t('privacy.exports_for', { days: kept.exportDays })],
    [t('privacy.samples'), t('privacy.samples_for', { days: kept.sampleDays })],
    [t('privacy.notices'), t('privacy.notices_for', { months: kept.noticeMonths })],
    [t('privacy.log'), t('privacy.log_for')],
    [t('privacy.device'), t('privacy.device_for')],
    [t('privacy.former'), t('privacy.former_for', { days: kept.formerMemberDays })],
  ]
  return layout(
    page,
    { title: t('page_names.privacy'), canonical: '/privacy' },
    html`<h1>${t('page_names.privacy')}</h1>
<div class="prose">
<p>${t('privacy.lead')}</p>
<h2>${t('privacy.not_kept')}</h2>
<ul><li>${t('privacy.no_address')}</li><li>${t('privacy.no_tracking')}</li></ul>
<h2>${t('privacy.kept')}</h2>
<table><thead><tr><th scope="col">${t('privacy.what')}</th><th scope="col">${t('privacy.how_long')}</th></tr></thead>
<tbody>${rows.map(([what, howLong]) => html`<tr><td>${what}</td><td>${howLong}</td></tr>`)}</tbody></table>
<h2>${t('privacy.rights')}</h2>
<p>${t('privacy.rights_lead')} <a href="/settings/data">${t('privacy.rights_link')}</a></p>
</div>
${text ? writtenText(page, text) : ''}`,
  )
}
