import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'

const TABS = [
  ['first_steps', '/admin'],
  ['boards', '/admin/boards'],
  ['members', '/admin/members'],
  ['settings', '/admin/settings'],
  ['outbox', '/admin/outbox'],
  ['jobs', '/admin/jobs'],
  ['status', '/admin/status'],
] as const

/** The tabs of the admin pages. */
export function adminTabs({ t }: Page, current: (typeof TABS)[number][0]): Html {
  return html`<nav class="tabs" aria-label="${t('admin.title')}"><ul>${TABS.map(
    ([name, path]) =>
      html`<li><a href="${path}"${name === current ? html` aria-current="page"` : ''}>${t(`admin.${name}`)}</a></li>`,
  )}</ul></nav>`
}
