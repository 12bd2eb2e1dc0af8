import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { time } from '../parts/time.ts'
import { adminTabs } from './admin-tabs.ts'

export interface ShownJob {
  id: string
  task: string
  attempts: number
  runAt: Date
  /** The error of the last try; null when it has not failed. */
  problem: string | null
  /** Whether the forum has stopped trying. */
  givenUp: boolean
}

/** Background jobs: those that failed, and those that wait. */
export function jobsAdminPage(page: Page, jobs: readonly ShownJob[]): Html {
  const { t } = page
  return layout(
    page,
    { title: t('admin.jobs'), unlisted: true },
    html`<h1>${t('admin.title')}</h1>
${adminTabs(page, 'jobs')}
<p class="lead">${t('jobs_admin.lead')}</p>
${jobs.length === 0 ? html`<p class="empty">${t('jobs_admin.none')}</p>` : ''}
<ol class="log" role="list">${jobs.map(
      ({ id, task, attempts, runAt, problem, givenUp }) => html`<li>
<p><code>${task}</code> ${givenUp ? html`<strong>${t('jobs_admin.given_up')}</strong>` : ''}</p>
<p class="about">${t('jobs_admin.next')} ${time(runAt, page)} · ${t('jobs_admin.attempts', { count: attempts })}</p>
${problem ? html`<p class="about"><code>${problem}</code></p><form method="post" action="/admin/jobs/${id}/again"><button>${t('jobs_admin.again')}</button></form>` : ''}
</li>`,
    )}</ol>`,
  )
}
