import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { memberName } from '../parts/member-link.ts'
import { time } from '../parts/time.ts'

export interface InvitationsPage {
  /** The new link, which is shown only this once. */
  made: string | null
  invitations: readonly { madeAt: Date; endsAt: Date; isUsed: boolean; usedBy: string | null }[]
}

/** The invitations that a moderator has made. */
export function invitationsPage(page: Page, { made, invitations }: InvitationsPage): Html {
  const { t } = page
  return layout(
    page,
    { title: t('registration.invitations'), unlisted: true },
    html`<h1>${t('registration.invitations')}</h1>
<p class="lead">${t('registration.invitations_lead')}</p>
${made ? html`<div class="notice" role="status"><p>${t('registration.made')}</p><p><code data-invitation="${made}">${made}</code></p></div>` : ''}
<form method="post" action="/invitations"><button class="main">${t('registration.make')}</button></form>
${
  invitations.length === 0
    ? html`<p class="empty">${t('registration.none')}</p>`
    : html`<ul class="lines">${invitations.map(
        ({ madeAt, endsAt, isUsed, usedBy }) =>
          html`<li>${time(madeAt, page)} ${isUsed ? html`${t('registration.used_by')} <bdi>${memberName(page, usedBy)}</bdi>` : html`${t('registration.until')} ${time(endsAt, page)}`}</li>`,
      )}</ul>`
}`,
  )
}
