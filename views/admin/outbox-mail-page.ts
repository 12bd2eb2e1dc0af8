import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { time } from '../parts/time.ts'

export interface OutboxMailPage {
  number: number
  subject: string
  to: string
  writtenAt: Date | null
  text: string
  source: string
}

/** One mail as text and as source. Its HTML is on a page of its own, where no script runs. */
export function outboxMailPage(page: Page, mail: OutboxMailPage): Html {
  const { t } = page
  return layout(
    page,
    { title: mail.subject, unlisted: true },
    html`<header class="head"><h1 dir="auto">${mail.subject}</h1>
<p class="about"><span>${t('outbox.to')} ${mail.to}</span> ${mail.writtenAt ? time(mail.writtenAt, page) : ''}</p></header>
<section><h2>${t('outbox.text')}</h2>
<pre class="mail" tabindex="0" dir="auto">${mail.text}</pre>
<p><a href="/admin/outbox/${mail.number}/html">${t('outbox.html')}</a></p></section>
<section><h2>${t('outbox.source')}</h2>
<pre class="mail" tabindex="0">${mail.source}</pre></section>
<p><a href="/admin/outbox">${t('outbox.title')}</a></p>`,
  )
}
