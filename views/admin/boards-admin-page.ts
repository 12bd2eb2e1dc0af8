import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import { worded } from '../../src/platform/text/i18n/worded.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { formProblems } from '../parts/form-problems.ts'
import { adminTabs } from './admin-tabs.ts'
import { BOARD_FIELDS, type BoardForm, boardFields } from './board-fields.ts'

export interface AdministeredBoard extends LinkedBoard {
  threadCount: number
  archived: boolean
}

export interface BoardsAdminPage {
  boards: AdministeredBoard[]
  /** The form for a new board. */
  form: BoardForm
  messages: FieldMessages
}

/** All boards, and the form for a new one. */
export function boardsAdminPage(page: Page, { boards, form, messages }: BoardsAdminPage): Html {
  const { t } = page
  const ofKind = (kind: LinkedBoard['kind']) => boards.filter((board) => board.kind === kind)
  return layout(
    page,
    { title: t('admin.boards'), unlisted: true },
    html`<h1>${t('admin.title')}</h1>
${adminTabs(page, 'boards')}
<p class="buttons"><a class="button" href="#new">${t('board_form.new')}</a></p>
<section><h2>${t('boards.cities')}</h2>${boardLines(page, ofKind('city'))}</section>
<section><h2>${t('boards.technologies')}</h2>${boardLines(page, ofKind('technology'))}</section>
<section id="new"><h2>${t('board_form.new')}</h2>
<form method="post" action="/admin/boards" class="sheet">
${formProblems(page, messages, BOARD_FIELDS)}
${boardFields(page, form, messages, true)}
<p class="buttons"><button class="main">${t('board_form.make')}</button></p>
</form></section>`,
  )
}

function boardLines({ t, language }: Page, boards: readonly AdministeredBoard[]): Html {
  if (boards.length === 0) return html`<p class="empty">${t('boards.none')}</p>`
  return html`<ul class="lines" role="list">${boards.map(({ slug, name, threadCount, archived }) => {
    const threads = t('threads.count', { count: threadCount, shown: showNumber(threadCount, language) })
    return html`<li><a href="/admin/boards/${slug}">${worded(name, language)}</a> <span class="hint">${threads}${archived ? ` · ${t('board_form.archived')}` : ''}</span></li>`
  })}</ul>`
}
