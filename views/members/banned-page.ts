import { type Html, html } from '../../src/platform/text/html.ts'
import { showDay } from '../../src/platform/text/i18n/formats.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'

export interface BannedPage {
  /** Empty where none was given. */
  reason: string
  /** Null for a ban without an end. */
  until: Date | null
}

/** Tells a banned member, who has given the right password, why and until when. */
export function bannedPage(page: Page, { reason, until }: BannedPage): Html {
  const { t, language } = page
  return layout(
    page,
    { title: t('accounts.banned_title'), unlisted: true },
    html`<h1>${until ? t('accounts.banned_until', { day: showDay(until, language) }) : t('accounts.banned')}</h1>
${reason ? html`<p class="reason">${t('notifications.reason')} <q dir="auto">${reason}</q></p>` : ''}
<p class="buttons"><a class="button" href="/appeal">${t('appeals.offer')}</a></p>`,
  )
}
