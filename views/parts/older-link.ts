import { type Html, html } from '../../src/platform/text/html.ts'
import { showDay } from '../../src/platform/text/i18n/formats.ts'
import type { Page } from '../page.ts'

/** An older page of a list: its cursor, and its moment when known. */
export interface OlderPage {
  cursor: string
  moment?: Date
}

/** Title and canonical address of a page of a list, or search engines would take an older page for the newest. */
export function pageOfList(
  { t, language }: Page,
  {
    title,
    path,
    query = {},
    older,
  }: { title: string; path: string; query?: Record<string, string>; older: OlderPage | null },
): { title: string; canonical: string } {
  if (!older) return { title, canonical: path }
  const place = older.moment ? t('pages.before', { day: showDay(older.moment, language) }) : t('pages.further_back')
  return { title: `${title} · ${place}`, canonical: address(path, { ...query, before: older.cursor }) }
}

/** Links to older threads, and from an older page back to the newest. */
export function olderLink({ t, here }: Page, path: string, query: Record<string, string>, next: string | null): Html {
  const below = here.includes('before=')
  if (!next && !below) return html``
  return html`<nav class="pages" aria-label="${t('pages.label')}"><ol>
${below ? html`<li><a href="${address(path, query)}">${t('pages.newest')}</a></li>` : ''}
${next ? html`<li><a href="${address(path, { ...query, before: next })}" rel="next">${t('pages.older')}</a></li>` : ''}
</ol></nav>`
}

function address(path: string, query: Record<string, string>): string {
  const search = new URLSearchParams(query).toString()
  return search ? `${path}?${search}` : path
}
