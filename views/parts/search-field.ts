import { LONGEST_QUERY } from '../../src/limits.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'

/** The field to search the whole forum, on every page. */
export function searchField({ t }: Page): Html {
  return html`<form class="search-field" method="get" action="/search" role="search">
<label class="hidden" for="search">${t('search.label')}</label>
<input id="search" type="search" name="q" placeholder="${t('search.label')}" maxlength="${LONGEST_QUERY}" autocomplete="off" enterkeyhint="search">
<button class="quiet" aria-label="${t('search.button')}">${lensHtml}</button>
</form>`
}

/** The field to search one thread or one board, on its own page. */
export function searchWithin(
  { t }: Page,
  { name, value, label }: { name: 'thread' | 'board'; value: string; label: string },
): Html {
  return html`<form class="search-field within" method="get" action="/search">
<input type="hidden" name="${name}" value="${value}">
<label class="hidden" for="search-within">${label}</label>
<input id="search-within" type="search" name="q" placeholder="${label}" maxlength="${LONGEST_QUERY}" autocomplete="off" enterkeyhint="search">
<button class="quiet" aria-label="${t('search.button')}">${lensHtml}</button>
</form>`
}

/** The icon of search fields. */
export const lensHtml = html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M6.75 1.75a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM10.5 10.5l4 4"/></svg>`
