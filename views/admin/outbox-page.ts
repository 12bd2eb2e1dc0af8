import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { olderLink } from '../parts/older-link.ts'
import { time } from '../parts/time.ts'
import { adminTabs } from './admin-tabs.ts'
import { mailFate, mailProblem, type TestMail } from './mail-fate.ts'

/** A mail that waits or has failed: without its content, and with only the start of its address. */
export interface MailInQueue {
  id: number
  kind: 'account' | 'digest' | 'notification' | 'notice' | 'test'
  to: string | null
  createdAt: Date
  /** Null when the forum has stopped trying. */
  nextTryAt: Date | null
  tries: number
  problem: string | null
  canBeSent: boolean
}

export interface OutboxPage {
  failed: readonly MailInQueue[]
  waiting: readonly MailInQueue[]
  /** The last test mail; null: there was none. */
  test: TestMail | null
  /** The address for the next test mail. */
  address: string
  /** The files of a forum without a mail server. */
  mails: { number: number; subject: string; to: string; writtenAt: Date | null }[]
  /** Where older mails begin; null at the end. */
  next: string | null
  /** Whether a server sends mail, so that no new files are kept. */
  toServer: boolean
  messages: FieldMessages
}

/** Mails that wait and mails that failed. Without a mail server, also the mails that were written to files. */
export function outboxPage(page: Page, shown: OutboxPage): Html {
  const { t } = page
  const { failed, waiting, mails, next, toServer } = shown
  return layout(
    page,
    { title: t('admin.outbox'), unlisted: true },
    html`<h1>${t('admin.title')}</h1>
${adminTabs(page, 'outbox')}
<p class="lead">${t(toServer ? 'outbox.to_server' : 'outbox.lead')}</p>
<section id="test-mail"><h2>${t('outbox.test')}</h2>${testMail(page, shown)}</section>
<section><h2>${t('outbox.failed')}</h2>${queue(page, failed, t('outbox.none_failed'))}</section>
<section><h2>${t('outbox.waiting')}</h2>${queue(page, waiting, t('outbox.none_waiting'))}</section>
${toServer && mails.length === 0 ? '' : html`<section><h2>${t('outbox.title')}</h2>${files(page, mails)}${olderLink(page, '/admin/outbox', {}, next)}</section>`}`,
  )
}

function testMail(page: Page, { test, address, messages }: OutboxPage): Html {
  const { t } = page
  return html`<form method="post" action="/admin/outbox/test" class="sheet">
${formProblems(page, messages, ['address'], null)}
${textField({ name: 'address', label: t('outbox.address'), hint: t('outbox.test_hint'), value: address, type: 'email', autocomplete: 'email', required: true, verbatim: true, problem: messages.address })}
<p class="buttons"><button>${t('outbox.send_test')}</button></p>
</form>
${test ? html`<p class="hint" data-test-mail="${test.state}">${t('outbox.last_test')} ${mailFate(page, test)}</p>` : ''}`
}

function queue(page: Page, mails: readonly MailInQueue[], none: string): Html {
  const { t } = page
  if (mails.length === 0) return html`<p class="empty">${none}</p>`
  return html`<ol class="log" role="list">${mails.map(
    ({ id, kind, to, createdAt, nextTryAt, tries, problem, canBeSent }) => html`<li>
<p>${t(`mail_kinds.${kind}`)} <span class="address">${to ?? t('outbox.nobody')}</span></p>
<p class="about">${time(createdAt, page)}${nextTryAt ? html` · ${t('jobs_admin.next')} ${time(nextTryAt, page)}` : ''} · ${t('jobs_admin.attempts', { count: tries })}${problem ? html` · ${mailProblem(page, problem)}` : ''}</p>
${canBeSent ? html`<form method="post" action="/admin/outbox/${id}/again"><button>${t('outbox.again')}</button></form>` : html`<p class="hint">${t('outbox.forgotten')}</p>`}
</li>`,
  )}</ol>`
}

function files(page: Page, mails: OutboxPage['mails']): Html {
  if (mails.length === 0) return html`<p class="empty">${page.t('outbox.none')}</p>`
  return html`<ol class="threads" role="list">${mails.map(
    ({ number, subject, to, writtenAt }) => html`<li class="thread">
<h3><a href="/admin/outbox/${number}" dir="auto">${subject}</a></h3>
<p class="about"><span>${to}</span> ${writtenAt ? time(writtenAt, page) : ''}</p>
</li>`,
  )}</ol>`
}
