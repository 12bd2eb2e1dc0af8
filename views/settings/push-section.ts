import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'
import { time } from '../parts/time.ts'

export interface PushSection {
  /** The forum's public key, in the encoding of the Push API. */
  key: string
  browsers: readonly { id: number; device: string; createdAt: Date }[]
}

/** The push browsers of a member. Adding one needs a script, removing one does not. */
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
