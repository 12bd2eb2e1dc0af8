import { LONGEST_QUERY } from '../../src/limits.ts'
import { type ThreadAddress, threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { LANGUAGES } from '../../src/platform/text/i18n/languages.ts'
import { nameOf } from '../../src/platform/text/i18n/translate.ts'
import { worded } from '../../src/platform/text/i18n/worded.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { field, fieldAttributes, textField } from '../parts/field.ts'
import { languageMark } from '../parts/language-mark.ts'
import { lensHtml } from '../parts/search-field.ts'

/** The present search, to change it. */
export interface SearchForm {
  q: string
  /** A slug. */
  board: string
  author: string
  after: string
  before: string
  place: string
  lang: string
  has: string
  order: 'best' | 'new'
  /** The thread to which the search is limited; null for none. */
  thread: (ThreadAddress & { title: string; language: string }) | null
  cities: readonly LinkedBoard[]
  technologies: readonly LinkedBoard[]
}

const PLACES = ['titles', 'posts'] as const

/**
 * The search form. Its filters are folded and summed up in a line, because they fill a phone's screen. They open when
 * there are no hits.
 */
export function searchForm(page: Page, form: SearchForm, hasHits: boolean): Html {
  const { t } = page
  const narrowed = narrowing(page, form)
  return html`<form class="search-form" method="get" action="/search">
<div class="search-line">
<label class="hidden" for="field-q">${t('search.label')}</label>
<input id="field-q" type="search" name="q" value="${form.q}" maxlength="${LONGEST_QUERY}" autocomplete="off" enterkeyhint="search"${form.q ? '' : ' autofocus'}>
<button class="main" aria-label="${t('search.button')}"><span>${t('search.button')}</span>${lensHtml}</button>
</div>
${form.thread ? inThread(page, form.thread) : ''}
${form.has ? html`<input type="hidden" name="has" value="${form.has}">` : ''}
${form.order === 'new' ? html`<input type="hidden" name="sort" value="new">` : ''}
<details${narrowed && !hasHits ? ' open' : ''}>
<summary>${narrowed ? t('search.narrowed', { to: narrowed }) : t('search.narrow')}</summary>
<div class="search-fields">
${field({ name: 'board', label: t('search.board') }, boardChoice(page, form))}
${textField({ name: 'author', label: t('search.author'), value: form.author, verbatim: true })}
${dateField('after', t('search.after'), form.after)}
${dateField('before', t('search.before'), form.before)}
${field({ name: 'in', label: t('search.in') }, choice('in', form.place, [['', t('search.in_all')], ...PLACES.map((place): Option => [place, t(`search.in_${place}`)])]))}
${field({ name: 'lang', label: t('search.lang') }, choice('lang', form.lang, [['', t('search.lang_all')], ...LANGUAGES.map((code): Option => [code, nameOf(code)])]))}
</div>
<p class="hint">${t('search.operators')}</p>
</details>
</form>`
}

/** The filters in words. */
function narrowing({ t, language }: Page, form: SearchForm): string {
  const board = [...form.cities, ...form.technologies].find(({ slug }) => slug === form.board)
  const place = PLACES.find((one) => one === form.place)
  return [
    board ? worded(board.name, language) : form.board,
    form.author,
    form.after && `${t('search.after')} ${form.after}`,
    form.before && `${t('search.before')} ${form.before}`,
    place ? t(`search.in_${place}`) : form.place,
    form.lang,
  ]
    .filter(Boolean)
    .join(' · ')
}

type Option = [value: string, label: string]

const option = ([value, label]: Option, chosen: string): Html =>
  html`<option value="${value}"${value === chosen ? ' selected' : ''}>${label}</option>`

const choice = (name: string, chosen: string, options: readonly Option[]): Html =>
  html`<select ${fieldAttributes({ name, label: '' })}>${options.map((one) => option(one, chosen))}</select>`

const dateField = (name: string, label: string, value: string): Html =>
  field({ name, label }, html`<input ${fieldAttributes({ name, label })} type="date" value="${value}">`)

function boardChoice({ t, language }: Page, { board, cities, technologies }: SearchForm): Html {
  const group = (label: string, boards: readonly LinkedBoard[]) =>
    html`<optgroup label="${label}">${boards.map(({ slug, name }) => option([slug, worded(name, language)], board))}</optgroup>`
  return html`<select ${fieldAttributes({ name: 'board', label: '' })}>${option(['', t('search.board_all')], board)}
${group(t('boards.cities'), cities)}${group(t('boards.technologies'), technologies)}</select>`
}

/** Says that only one thread is searched, with links to it and to the whole search. */
function inThread(page: Page, thread: NonNullable<SearchForm['thread']>): Html {
  return html`<p class="in-thread"><label><input type="checkbox" name="thread" value="${thread.id}" checked> ${page.t('search.in_thread')}</label> <a href="${threadPath(thread)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a></p>`
}
