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

/**
 * Chooses the boards of a thread from two lists that open, chosen boards first. A script shows the chosen boards above
 * the lists: see `boards.js`.
 */
export function chooseBoards(page: Page, { cities, technologies, chosen, problem }: BoardChoice): Html {
  const { t } = page
  const choices = (title: string, boards: readonly LinkedBoard[]) => boardChoices(page, title, boards, chosen)
  return html`<fieldset class="field choose-boards" id="field-boards" tabindex="-1" aria-describedby="${problem ? 'boards-hint boards-problem' : 'boards-hint'}"${problem ? ' autofocus' : ''}>
<legend>${t('threads.boards')}</legend>
<p class="hint" id="boards-hint">${t('threads.boards_hint')}</p>
${problem ? html`<p class="problem" id="boards-problem">${problem}</p>` : ''}
${choices(t('boards.cities'), cities)}
${choices(t('boards.technologies'), technologies)}
</fieldset>`
}

/** A list that is closed unless a board in it is chosen, so that the message field is near. */
function boardChoices(
  { language }: Page,
  title: string,
  boards: readonly LinkedBoard[],
  chosen: readonly string[],
): Html {
  const isChosen = ({ slug }: LinkedBoard) => chosen.includes(slug)
  const ordered = [...boards.filter(isChosen), ...boards.filter((board) => !isChosen(board))]
  return html`<details class="board-choices"${boards.some(isChosen) ? ' open' : ''}><summary>${title}</summary>
<div role="group" aria-label="${title}">${ordered.map(
    (board) =>
      html`<label><input type="checkbox" name="boards" value="${board.slug}"${isChosen(board) ? ' checked' : ''}> ${worded(board.name, language)}</label>`,
  )}</div></details>`
}
