import { html } from 'ghtml'
import type { Page } from '../page.ts'

/** The way to older threads, and back to the newest from anywhere below. */
export function olderLink({ t, here }: Page, path: string, query: Record<string, string>, next: string | null): string {
  const address = (more: Record<string, string>) => {
    const search = new URLSearchParams({ ...query, ...more }).toString()
    return search ? `${path}?${search}` : path
  }
  const below = here.includes('before=')
  if (!next && !below) return ''
  return html`<nav class="pages" aria-label="${t('pages.label')}"><ol>
!${below ? html`<li><a href="${address({})}">${t('pages.newest')}</a></li>` : ''}
!${next ? html`<li><a href="${address({ before: next })}" rel="next">${t('pages.older')}</a></li>` : ''}
</ol></nav>`
}
