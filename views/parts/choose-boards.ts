import { type Html, html } from '../../src/platform/text/html.ts'
import { worded } from '../../src/platform/text/i18n/worded.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from './board-links.ts'

export interface BoardChoice {
  cities: readonly LinkedBoard[]
  technologies: readonly LinkedBoard[]
  /** Slugs of the chosen boards. */
  chosen: readonly string[]
  problem: string | undefined
}

/** The boards that a thread is to stand in. */
export function chooseBoards(page: Page, { cities, technologies, chosen, problem }: BoardChoice): Html {
  const { t } = page
  return html`<fieldset class="field choose-boards" id="field-boards" tabindex="-1" aria-describedby="${problem ? 'boards-hint boards-problem' : 'boards-hint'}"${problem ? ' autofocus' : ''}>
<legend>${t('threads.boards')}</legend>
<p class="hint" id="boards-hint">${t('threads.boards_hint')}</p>
${problem ? html`<p class="problem" id="boards-problem">${problem}</p>` : ''}
<div class="board-choices">
${choices(page, t('boards.cities'), cities, chosen)}
${choices(page, t('boards.technologies'), technologies, chosen)}
</div>
</fieldset>`
}

function choices({ language }: Page, title: string, boards: readonly LinkedBoard[], chosen: readonly string[]): Html {
  return html`<fieldset><legend>${title}</legend>
${boards.map(
  (board) =>
    html`<label><input type="checkbox" name="boards" value="${board.slug}"${chosen.includes(board.slug) ? ' checked' : ''}> ${worded(board.name, language)}</label>`,
)}</fieldset>`
}
