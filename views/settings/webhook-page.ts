import { postPath, type ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import { settingsTabs } from '../members/settings-tabs.ts'
import type { Page } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { olderLink } from '../parts/older-link.ts'
import { time } from '../parts/time.ts'
import { type WebhookLine, webhookAbout } from './webhooks-page.ts'

export interface DeliveryLine {
  id: number
  type: string
  number: number
  happenedAt: Date
  state: 'queued' | 'sent' | 'dropped'
  tries: number
  nextTryAt: Date
  lastTriedAt: Date | null
  /** The status of the last answer; null without an answer. */
  status: number | null
  /** Why there was no answer. */
  problem: 'private' | 'unreachable' | 'insecure' | 'too_slow' | null
  /** Null when it is hidden. */
  thread: (ThreadAddress & { title: string; language: string }) | null
}

export interface WebhookPage {
  webhook: WebhookLine
  deliveries: readonly DeliveryLine[]
  /** Where older ones begin; null at the end. */
  next: string | null
}

/** A webhook with its deliveries. */
export function webhookPage(page: Page, { webhook, deliveries, next }: WebhookPage): Html {
  const { t } = page
  const path = `/settings/webhooks/${webhook.id}`
  return layout(
    page,
    { title: t('webhooks.title'), unlisted: true },
    html`<h1>${t('accounts.settings')}</h1>
${settingsTabs(page, 'webhooks')}
<section><h2 class="address"><bdi>${webhook.url}</bdi></h2>
<p class="about">${webhookAbout(page, webhook)}</p>
${webhook.offAt ? html`<div class="notice"><p>${t('webhooks.off_explained')}</p><form method="post" action="${path}/on"><button>${t('webhooks.switch_on')}</button></form></div>` : ''}
<form method="post" action="${path}/remove"><p class="buttons"><a href="/settings/webhooks">${t('webhooks.all')}</a> <button class="quiet">${t('webhooks.remove')}</button></p></form>
</section>
<section><h2>${t('webhooks.log')}</h2>
<p>${t('webhooks.log_lead')}</p>
${deliveries.length === 0 ? html`<p class="empty">${t('webhooks.no_delivery')}</p>` : html`<ol class="deliveries" role="list">${deliveries.map((delivery) => deliveryLine(page, path, delivery))}</ol>`}
${olderLink(page, path, {}, next)}
</section>`,
  )
}

function deliveryLine(page: Page, path: string, delivery: DeliveryLine): Html {
  const { t } = page
  const { id, type, number, thread, state, happenedAt } = delivery
  const placeHtml = thread
    ? html`<a href="${postPath(thread, number)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a>`
    : t('webhooks.out_of_sight')
  return html`<li><p><code>${type}</code> ${placeHtml} ${t('posts.about_number', { number })}</p>
<p class="about"><span>${time(happenedAt, page)} · <strong>${t(`webhooks.${state}`)}</strong>${outcome(page, delivery)}</span></p>
${state === 'queued' ? '' : html`<form method="post" action="${path}/deliveries/${id}/again"><button class="quiet">${t('webhooks.again')}<span class="hidden"> (${type}, ${number})</span></button></form>`}</li>`
}

/** How often a delivery was tried, its result, and the next try. */
function outcome(page: Page, { tries, state, status, problem, nextTryAt }: DeliveryLine): Html {
  const { t } = page
  const redirects = status !== null && status >= 300 && status < 400
  const answered = status === null ? null : t(redirects ? 'webhooks.redirects' : 'webhooks.status', { status })
  const said = answered ?? (problem === null ? null : t(`webhooks.${problem}`))
  const triedHtml = tries > 0 ? html` · ${t('webhooks.tries', { count: tries })}` : ''
  const saidHtml = said === null ? '' : html` · ${said}`
  const nextHtml = state === 'queued' && tries > 0 ? html` · ${t('webhooks.retry_at')} ${time(nextTryAt, page)}` : ''
  return html`${triedHtml}${saidHtml}${nextHtml}`
}
