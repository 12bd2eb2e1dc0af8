import { type Html, html } from '../../src/platform/text/html.ts'
import { showDay } from '../../src/platform/text/i18n/formats.ts'
import type { Page } from '../page.ts'

/** Where an older page of a list begins: the cursor in its address, and the moment where that is known. */
export interface OlderPage {
  cursor: string
  moment?: Date
}

/** Title and canonical address of one page of a list: search engines must not take an older page for the newest. */
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

/** The way to older threads, and back to the newest from anywhere below. */
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
