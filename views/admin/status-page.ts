import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { adminTabs } from './admin-tabs.ts'

export interface StatusPage {
  databaseBytes: number
  freeBytes: number
  memoryBytes: number
  connections: { open: number; idle: number; awaited: number }
  jobs: { waiting: number; failed: number }
  mailsQueued: number
  totals: { members: number; threads: number; posts: number }
  digestsSent: number
}

/** How the forum is, in numbers. */
export function statusPage(page: Page, status: StatusPage): Html {
  const { t, language } = page
  const { connections, jobs, totals } = status
  const megabytes = (bytes: number) => t('status.megabytes', { count: showNumber(Math.round(bytes / 1e6), language) })
  const count = (number: number) => showNumber(number, language)
  const rows = [
    ['database', megabytes(status.databaseBytes)],
    ['disk', megabytes(status.freeBytes)],
    ['memory', megabytes(status.memoryBytes)],
    ['connections', `${count(connections.open)} · ${count(connections.idle)} · ${count(connections.awaited)}`],
    ['jobs', `${count(jobs.waiting)} · ${count(jobs.failed)}`],
    ['mails', count(status.mailsQueued)],
    ['members', count(totals.members)],
    ['threads', count(totals.threads)],
    ['posts', count(totals.posts)],
    ['digests', count(status.digestsSent)],
  ] as const
  return layout(
    page,
    { title: t('admin.status'), unlisted: true },
    html`<h1>${t('admin.title')}</h1>
${adminTabs(page, 'status')}
<dl class="facts">${rows.map(([name, value]) => html`<dt>${t(`status.${name}`)}</dt><dd>${value}</dd>`)}</dl>`,
  )
}
