import { boardPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import { type Worded, worded, wordedSentence } from '../../src/platform/text/i18n/worded.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { type CrossedBoard, crossedBoardsShort } from './crossed-boards-list.ts'

export interface BoardLine extends LinkedBoard {
  summary: Worded
  threadCount: number
  /** The boards of the other kind with common threads. */
  crossed: CrossedBoard[]
}

/** All boards of a kind. */
export function boardsPage(page: Page, kind: LinkedBoard['kind'], boards: readonly BoardLine[]): Html {
  const { t } = page
  const title = t(kind === 'city' ? 'boards.cities' : 'boards.technologies')
  const lead = t(kind === 'city' ? 'boards.cities_lead' : 'boards.technologies_lead')
  return layout(
    page,
    { title, description: lead, canonical: kind === 'city' ? '/cities' : '/technologies', kind: 'directory' },
    html`<header class="head"><h1>${title}</h1><p class="lead">${lead}</p></header>
${boards.length === 0 ? html`<p class="empty">${t('boards.none')}</p>` : ''}
<ul class="board-list" role="list">${boards.map((board) => boardLine(page, board))}</ul>`,
  )
}

/** A board with its number of threads, its description, and its liveliest crossings. */
function boardLine(page: Page, board: BoardLine): Html {
  const { t, language } = page
  const summary = wordedSentence(board.summary, language)
  const shown = showNumber(board.threadCount, language)
  return html`<li>
<h2><a href="${boardPath(board)}">${worded(board.name, language)}</a></h2>
<p class="figure"><span aria-hidden="true">${shown}</span> <span class="hidden">${t('threads.count', { count: board.threadCount, shown })}</span></p>
${summary ? html`<p class="summary">${summary}</p>` : ''}
${crossedBoardsShort(page, board, board.crossed)}
</li>`
}
