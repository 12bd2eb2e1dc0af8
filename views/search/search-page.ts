import { boardPath, memberPath, postPath, searchPath, threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import { worded } from '../../src/platform/text/i18n/worded.ts'
import type { MemberName } from '../../src/schema/members.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { boardLinks, type LinkedBoard } from '../parts/board-links.ts'
import { followSearch } from '../parts/follow-search.ts'
import { languageMark } from '../parts/language-mark.ts'
import { type MarkedPiece, marked } from '../parts/marked.ts'
import { memberLink } from '../parts/member-link.ts'
import { time } from '../parts/time.ts'
import { type SearchForm, searchForm } from './search-form.ts'

export interface ShownHit {
  kind: 'thread' | 'post'
  id: number
  number: number
  thread: { id: number; slug: string; language: string }
  title: readonly MarkedPiece[]
  excerpt: readonly MarkedPiece[]
  language: string
  author: MemberName
  postedAt: Date
  boards: LinkedBoard[]
  /** How many hits its thread has, if not all are shown; otherwise null. */
  ofThread: number | null
}

export interface SearchPage {
  form: SearchForm
  /** Null before somebody searches. */
  found: { hits: readonly ShownHit[]; next: string | null; count: number; about: boolean } | null
  /** The query to follow, and whether the reader follows it; null when it cannot be followed. */
  follow: { query: string; follows: boolean } | null
  /** The order of the hits. */
  order: 'best' | 'new'
  /** Whether this is not the first page. */
  further: boolean
  /** Filters that make no sense. */
  misunderstood: readonly { field: string; value: string; asWords: boolean }[]
  cut: boolean
  /** Whether unreadable characters were replaced by spaces. */
  unreadable: boolean
  /** A name that no member has, so nothing is found. */
  nobody: string | null
  /** A kind of content that the query requires and the forum does not have yet. */
  notYet: 'files' | 'documents' | 'dossiers' | null
  leftOut: readonly string[]
  /** Words without any hit, and a corrected query if there is one. */
  correction: { words: readonly string[]; query: string } | null
  boards: LinkedBoard[]
  members: readonly string[]
  tooSlow: boolean
  /** Whether the query has only filters or excluded words. */
  asksNothing: boolean
}

/** The search page: the form, how the query was understood, and the hits. */
export function searchPage(page: Page, shown: SearchPage): Html {
  const { t } = page
  const { q } = shown.form
  const title = q ? t('search.title_of', { q }) : t('search.title')
  const query = searchPath({ ...queryOf(shown.form), sort: '' }).slice('/search'.length)
  return layout(
    page,
    { title, unlisted: true, kind: 'search-page', ...(query ? { feed: { path: '/search', query, title } } : {}) },
    html`<header class="head">
<h1>${t('search.title')}</h1>
${searchForm(page, shown.form, (shown.found?.hits.length ?? 0) > 0)}
</header>
${notes(page, shown)}
${shown.follow ? followSearch(page, shown.follow) : ''}
${beside(page, shown)}
${shown.tooSlow ? html`<p class="notice" role="status">${t('search.too_slow')}</p>` : results(page, shown)}`,
  )
}

/** Which parts of the query were changed or ignored. */
function notes({ t }: Page, { misunderstood, cut, unreadable, leftOut, correction, form }: SearchPage): Html {
  const said = [
    ...misunderstood.map(({ field, value, asWords }) =>
      t(asWords ? 'search.searched_as_words' : 'search.no_such', { field: fieldName(t, field), value }),
    ),
    ...(cut ? [t('search.cut')] : []),
    ...(unreadable ? [t('search.unreadable')] : []),
    ...(leftOut.length > 0 ? [t('search.left_out', { words: leftOut.join(', '), count: leftOut.length })] : []),
  ]
  return html`${said.map((line) => html`<p class="search-note">${line}</p>`)}
${
  correction
    ? html`<p class="search-note">${t('search.unknown_words', { words: correction.words.join(', '), count: correction.words.length })} <a href="${searchPath({ ...queryOf(form), q: correction.query })}">${t('search.instead', { instead: correction.query })}</a></p>`
    : ''
}`
}

function fieldName(t: Page['t'], field: string): string {
  switch (field) {
    case 'author':
      return t('search.author')
    case 'after':
      return t('search.after')
    case 'before':
      return t('search.before')
    case 'in':
      return t('search.in')
    case 'lang':
      return t('search.lang')
    case 'has':
      return t('search.has')
    default:
      return t('search.board')
  }
}

/** Boards and members whose names match. */
function beside({ t, language }: Page, { boards, members }: SearchPage): Html {
  if (boards.length + members.length === 0) return html``
  return html`<nav class="beside" aria-label="${t('search.beside')}"><ul class="boards">
${boards.map((board) => html`<li><a class="${board.kind}" href="${boardPath(board)}">${worded(board.name, language)}</a></li>`)}
${members.map((username) => html`<li><a href="${memberPath(username)}"><bdi>${username}</bdi></a></li>`)}
</ul></nav>`
}

function results(page: Page, shown: SearchPage): Html {
  const { t, language } = page
  const { found, form, order } = shown
  if (!found) {
    const said = shown.asksNothing ? 'search.nothing_asked' : 'search.no_words'
    return html`<p class="empty">${t(form.q ? said : 'search.help')}</p>`
  }
  if (shown.nobody !== null)
    return html`<p class="empty" role="status">${t('search.nobody', { name: shown.nobody })}</p>`
  if (shown.notYet) return html`<p class="empty" role="status">${t(`search.no_${shown.notYet}`)}</p>`
  if (found.hits.length === 0) {
    return html`<p class="empty" role="status">${t(shown.further ? 'search.no_more' : 'search.nothing')}</p>`
  }
  const count = { count: found.count, shown: showNumber(found.about ? rounded(found.count) : found.count, language) }
  return html`<div class="results-head"><h2 class="count">${t(found.about ? 'search.about' : 'search.found', count)}</h2>
${form.q ? orders(page, form, order) : ''}</div>
${order === 'new' && found.hits.some(({ ofThread }) => ofThread !== null) ? html`<p class="hint">${t('search.three_a_page')}</p>` : ''}
<ol class="threads hits" role="list">${found.hits.map((hit) => hitLine(page, hit, form))}</ol>
${found.next ? html`<nav class="pages" aria-label="${t('pages.label')}"><ol><li><a href="${searchPath({ ...queryOf(form), from: found.next })}" rel="next">${t('search.more')}</a></li></ol></nav>` : ''}`
}

/** Two digits, because it is an estimate. */
function rounded(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1)
  return Math.round(count / unit) * unit
}

function orders({ t }: Page, form: SearchForm, order: 'best' | 'new'): Html {
  const choice = (name: 'best' | 'new') =>
    html`<li><a href="${searchPath({ ...queryOf(form), sort: name === 'best' ? '' : name })}"${order === name ? html` aria-current="true"` : ''}>${t(`search.sort_${name}`)}</a></li>`
  return html`<nav class="tabs" aria-label="${t('search.sort')}"><ul>${choice('best')}${choice('new')}</ul></nav>`
}

/** The query in the address of another page of hits. */
const queryOf = ({ q, board, author, after, before, place, lang, has, thread, order }: SearchForm) => ({
  q,
  board,
  author,
  after,
  before,
  in: place,
  lang,
  has,
  thread: thread ? String(thread.id) : '',
  sort: order === 'new' ? 'new' : '',
})

function hitLine(page: Page, hit: ShownHit, form: SearchForm): Html {
  const { t } = page
  const path = hit.kind === 'thread' ? threadPath(hit.thread) : postPath(hit.thread, hit.number)
  return html`<li class="thread" data-hit="${hit.kind}" data-id="${hit.id}">
<h3><a href="${path}" dir="auto"${languageMark(hit.thread.language, page)}>${marked(hit.title)}</a></h3>
${boardLinks(page, hit.boards)}
<p class="excerpt" dir="auto"${languageMark(hit.language, page)}>${marked(hit.excerpt)}</p>
<p class="about">${memberLink(page, hit.author)} ${time(hit.postedAt, page)}${hit.number > 1 ? html` <span>${t('search.post_number', { number: hit.number })}</span>` : ''}
${hit.ofThread === null ? '' : html`<a href="${searchPath({ ...queryOf(form), from: '', thread: String(hit.thread.id) })}">${t('search.others_of_thread', { count: hit.ofThread })}</a>`}</p>
</li>`
}
