import { type Html, html } from '../../src/platform/text/html.ts'
import { showDay } from '../../src/platform/text/i18n/formats.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'

export interface BannedPage {
  /** Empty where none was given. */
  reason: string
  /** Null: without end. */
  until: Date | null
}

/** What somebody is told who has said the right password and is shut out: why, and until when. */
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
