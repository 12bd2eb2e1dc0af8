import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'

/** Pages that are linked on each side of the present one. */
const NEIGHBOURS = 2

export interface Pagination {
  current: number
  last: number
  pathOf(page: number): string
  /** The name of this list of pages, for a page with several. */
  label: string
}

/** Links to numbered pages: first, last, and those around the present one. Nothing for a single page. */
export function pagination({ t }: Page, { current, last, pathOf, label }: Pagination): Html {
  if (last <= 1) return html``
  const link = (page: number, text: string, rel = '') =>
    html`<li><a href="${pathOf(page)}"${rel ? html` rel="${rel}"` : ''}>${text}</a></li>`
  return html`<nav class="pages" aria-label="${label}"><ol>
${current > 1 ? link(current - 1, t('pages.previous'), 'prev') : ''}
${pagesAround(current, last).map((page) =>
  page === null
    ? html`<li class="gap" aria-hidden="true">…</li>`
    : page === current
      ? html`<li><a href="${pathOf(page)}" aria-current="page">${page}</a></li>`
      : link(page, String(page)),
)}
${current < last ? link(current + 1, t('pages.next'), 'next') : ''}
</ol></nav>`
}

/** Page numbers in order, with null for a gap of more than one. */
function pagesAround(current: number, last: number): (number | null)[] {
  const from = Math.max(2, current - NEIGHBOURS)
  const to = Math.min(last - 1, current + NEIGHBOURS)
  const middle = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
  const gap = (missing: number, only: number) => (missing === 0 ? [] : missing === 1 ? [only] : [null])
  return [1, ...gap(from - 2, 2), ...middle, ...gap(last - 1 - to, last - 1), last]
}
