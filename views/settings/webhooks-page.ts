import { LONGEST_WEBHOOK_ADDRESS } from '../../src/limits.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { worded } from '../../src/platform/text/i18n/worded.ts'
import { layout } from '../layout.ts'
import { settingsTabs } from '../members/settings-tabs.ts'
import type { FieldMessages, Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { time } from '../parts/time.ts'

/** The events that a webhook can get. */
export type ToldKind = 'thread' | 'reply' | 'edit' | 'flag' | 'deletion'

export interface WebhookLine {
  id: number
  url: string
  events: readonly ToldKind[]
  /** Only events in one of these boards; empty for all. */
  place: readonly LinkedBoard[]
  failingSince: Date | null
  offAt: Date | null
}

export interface WebhooksPage {
  webhooks: readonly WebhookLine[]
  cities: readonly LinkedBoard[]
  technologies: readonly LinkedBoard[]
  /** The events that this member's webhooks can get. */
  offered: readonly ToldKind[]
  /** The secret of a new webhook, which is shown only this once. */
  secret: string | null
  typed: { url: string; events: readonly string[]; city: string; technology: string }
  messages: FieldMessages
}

/** A member's webhooks, and the form for a new one. */
export function webhooksPage(page: Page, shown: WebhooksPage): Html {
  const { t } = page
  const { webhooks, secret } = shown
  return layout(
    page,
    { title: t('webhooks.title'), unlisted: true },
    html`<h1>${t('accounts.settings')}</h1>
${settingsTabs(page, 'webhooks')}
${secret ? html`<div class="notice" role="status"><p>${t('webhooks.created')}</p><p><code data-secret class="secret">${secret}</code></p><p>${t('webhooks.verify')}</p></div>` : ''}
<section><h2>${t('webhooks.title')}</h2>
<p>${t('webhooks.lead')}</p>
${webhooks.length === 0 ? html`<p class="empty">${t('webhooks.none')}</p>` : html`<ul class="webhooks" role="list">${webhooks.map((webhook) => webhookLine(page, webhook))}</ul>`}
</section>
${addForm(page, shown)}`,
  )
}

function webhookLine(page: Page, webhook: WebhookLine): Html {
  return html`<li><p><a class="address" href="/settings/webhooks/${webhook.id}"><bdi>${webhook.url}</bdi></a></p>
<p class="about">${webhookAbout(page, webhook)}</p></li>`
}

/** A webhook's events and boards, and whether its address answers. */
export function webhookAbout(page: Page, { events, place, failingSince, offAt }: WebhookLine): Html {
  const { t, language } = page
  const where = place.map(({ name }) => worded(name, language)).join(' × ') || t('webhooks.everywhere')
  const what = events.map((event) => t(`webhooks.event_${event}`)).join(', ')
  const stateHtml = offAt
    ? html` <strong>${t('webhooks.off')} ${time(offAt, page)}</strong>`
    : failingSince
      ? html` <strong>${t('webhooks.failing')} ${time(failingSince, page)}</strong>`
      : ''
  return html`<span>${where} · ${what}${stateHtml}</span>`
}

function addForm(page: Page, { cities, technologies, offered, typed, messages }: WebhooksPage): Html {
  const { t } = page
  return html`<section><h2>${t('webhooks.add')}</h2>
<form method="post" action="/settings/webhooks" class="sheet">
${formProblems(page, messages, ['url', 'events', 'city', 'technology'])}
${textField({ name: 'url', label: t('webhooks.url'), hint: t('webhooks.url_hint'), value: typed.url, type: 'url', longest: LONGEST_WEBHOOK_ADDRESS, required: true, verbatim: true, problem: messages.url })}
<fieldset class="field" id="field-events"${messages.events ? html` aria-describedby="events-problem"` : ''}><legend>${t('webhooks.events')}</legend>
${messages.events ? html`<p class="problem" id="events-problem">${messages.events}</p>` : ''}
${offered.map((event) => html`<label><input type="checkbox" name="events" value="${event}"${typed.events.includes(event) ? ' checked' : ''}> ${t(`webhooks.event_${event}`)}</label>`)}</fieldset>
${choice(page, 'city', t('webhooks.city'), t('webhooks.any_city'), cities, typed.city, messages.city)}
${choice(page, 'technology', t('webhooks.technology'), t('webhooks.any_technology'), technologies, typed.technology, messages.technology)}
<p class="hint">${t('webhooks.place_hint')}</p>
<p class="buttons"><button class="main">${t('webhooks.add')}</button></p>
</form></section>`
}

function choice(
  { language }: Page,
  name: string,
  label: string,
  any: string,
  boards: readonly LinkedBoard[],
  chosen: string,
  problem: string | undefined,
): Html {
  return html`<div class="field"><label for="field-${name}">${label}</label>
${problem ? html`<p class="problem" id="${name}-problem">${problem}</p>` : ''}
<select id="field-${name}" name="${name}"${problem ? html` aria-invalid="true" aria-describedby="${name}-problem"` : ''}><option value="">${any}</option>${boards.map(
    (board) =>
      html`<option value="${board.slug}"${board.slug === chosen ? ' selected' : ''}>${worded(board.name, language)}</option>`,
  )}</select></div>`
}
