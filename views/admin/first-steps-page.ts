import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { adminTabs } from './admin-tabs.ts'

export interface FirstSteps {
  name: boolean
  boards: boolean
  mail: boolean
}

const STEPS = [
  ['name', '/admin/settings'],
  ['boards', '/admin/boards'],
  ['mail', '/admin/outbox'],
] as const

/** What a new admin does first. */
export function firstStepsPage(page: Page, done: FirstSteps): Html {
  const { t } = page
  return layout(
    page,
    { title: t('admin.title'), unlisted: true },
    html`<h1>${t('admin.title')}</h1>
${adminTabs(page, 'first_steps')}
<p class="lead">${t('first_steps.lead')}</p>
<ol>${STEPS.map(
      ([step, path]) =>
        html`<li><a href="${path}">${t(`first_steps.${step}`)}</a> <span class="hint">${t(done[step] ? 'first_steps.done' : 'first_steps.open')}</span></li>`,
    )}
<li>${t('first_steps.backup')} <code>backup --to</code></li></ol>`,
  )
}
