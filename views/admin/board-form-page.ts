import { boardPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { worded } from '../../src/platform/text/i18n/worded.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { field, fieldAttributes } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { adminTabs } from './admin-tabs.ts'
import { BOARD_FIELDS, type BoardForm, boardFields } from './board-fields.ts'
import type { AdministeredBoard } from './boards-admin-page.ts'

export interface BoardFormPage {
  board: AdministeredBoard
  form: BoardForm
  /** The boards into which it can be merged. */
  others: AdministeredBoard[]
  /** The slug of the chosen one. */
  into: string
  messages: FieldMessages
}

/** The page on which an admin changes, archives or merges a board. */
export function boardFormPage(page: Page, { board, form, others, into, messages }: BoardFormPage): Html {
  const { t, language } = page
  const name = worded(board.name, language)
  const verb = board.archived ? 'unarchive' : 'archive'
  return layout(
    page,
    { title: name, unlisted: true },
    html`<h1>${name}</h1>
${adminTabs(page, 'boards')}
<p class="about"><a href="${boardPath(board)}">${t('board_form.see')}</a></p>
<form method="post" action="/admin/boards/${board.slug}" class="sheet">
${formProblems(page, messages, [...BOARD_FIELDS.slice(1), 'into'])}
${boardFields(page, form, messages, false)}
<p class="buttons"><button class="main">${t('accounts.save')}</button></p>
</form>
<section><h2>${t(`board_form.${verb}`)}</h2>
<p class="hint">${t(`board_form.${verb}_hint`)}</p>
<form method="post" action="/admin/boards/${board.slug}/${verb}"><button>${t(`board_form.${verb}`)}</button></form></section>
${others.length > 0 ? mergeForm(page, board, others, into, messages.into) : ''}`,
  )
}

/** Folded away, as all that nobody can undo. */
function mergeForm(
  { t, language }: Page,
  board: AdministeredBoard,
  others: readonly AdministeredBoard[],
  into: string,
  problem: string | undefined,
): Html {
  const shown = { name: 'into', label: t('board_form.into'), hint: t('board_form.into_hint'), problem }
  const choices = others.map(
    ({ slug, name }) =>
      html`<option value="${slug}"${slug === into ? ' selected' : ''}>${worded(name, language)}</option>`,
  )
  return html`<section><h2>${t('board_form.merge')}</h2>
<details${problem ? ' open' : ''}><summary>${t('board_form.merge_with')}</summary>
<form method="post" action="/admin/boards/${board.slug}/merge" class="sheet">
${field(shown, html`<select ${fieldAttributes(shown)} required><option value=""></option>${choices}</select>`)}
<p class="buttons"><button class="quiet">${t('board_form.merge_for_good')}</button> <span class="hint">${t('board_form.not_undone')}</span></p>
</form></details></section>`
}
