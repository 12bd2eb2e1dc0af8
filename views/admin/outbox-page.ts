import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { time } from '../parts/time.ts'
import { adminTabs } from './admin-tabs.ts'

export interface OutboxPage {
  mails: { number: number; subject: string; to: string; writtenAt: Date | null }[]
  /** Where older mails begin; null at the end. */
  next: string | null
  /** Whether mail goes to a server, so that none is kept any more. */
  toServer: boolean
}

/** What the forum has written to people, where it has no server to send it. */
export function outboxPage(page: Page, { mails, next, toServer }: OutboxPage): Html {
  const { t } = page
  return layout(
    page,
    { title: t('outbox.title'), unlisted: true },
    html`<h1>${t('outbox.title')}</h1>
${adminTabs(page, 'outbox')}
<p class="lead">${t(toServer ? 'outbox.to_server' : 'outbox.lead')}</p>
${mails.length === 0 ? html`<p class="empty">${t('outbox.none')}</p>` : ''}
<ol class="threads" role="list">${mails.map(
      ({ number, subject, to, writtenAt }) => html`<li class="thread">
<h2><a href="/admin/outbox/${number}" dir="auto">${subject}</a></h2>
<p class="about"><span>${to}</span> ${writtenAt ? time(writtenAt, page) : ''}</p>
</li>`,
    )}</ol>
${next ? html`<nav class="pages" aria-label="${t('pages.label')}"><ol><li><a href="/admin/outbox?before=${next}" rel="next">${t('pages.older')}</a></li></ol></nav>` : ''}`,
  )
}
