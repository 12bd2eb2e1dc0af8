import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'
import { time } from '../parts/time.ts'

export interface PushSection {
  /** The forum's public key, as browsers want it. */
  key: string
  browsers: readonly { id: number; device: string; createdAt: Date }[]
}

/** In which browsers a member is told at once. Only a script can ask for it; whatever was asked for is ended without. */
export function pushSection(page: Page, { key, browsers }: PushSection): Html {
  const { t } = page
  return html`<section id="push"><h2>${t('push.title')}</h2>
<p>${t('push.lead')}</p>
${
  browsers.length === 0
    ? ''
    : html`<ul class="lines">${browsers.map(
        ({ id, device, createdAt }) =>
          html`<li>${device || t('accounts.unknown_device')} <span class="about">${time(createdAt, page)}</span>
<form method="post" action="/settings/push/${id}/remove"><button class="quiet">${t('push.remove')}</button></form></li>`,
      )}</ul>`
}
<p class="buttons" data-push="${key}" data-refused="${t('push.refused')}" hidden><button type="button">${t('push.add')}</button></p>
<noscript><p class="about">${t('push.needs_script')}</p></noscript>
</section>`
}
