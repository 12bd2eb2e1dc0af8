import { boardPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import { type Worded, worded } from '../../src/platform/text/i18n/worded.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { type CrossedBoard, crossedBoardsList } from './crossed-boards-list.ts'

export interface BoardLine extends LinkedBoard {
  summary: Worded
  threadCount: number
  /** The boards of the other kind that it crosses. */
  crossed: CrossedBoard[]
}

/** All boards of a kind. */
export function boardsPage(page: Page, kind: LinkedBoard['kind'], boards: readonly BoardLine[]): Html {
  const { t, language } = page
  const title = t(kind === 'city' ? 'boards.cities' : 'boards.technologies')
  const lead = t(kind === 'city' ? 'boards.cities_lead' : 'boards.technologies_lead')
  return layout(
    page,
    { title, description: lead, canonical: kind === 'city' ? '/cities' : '/technologies' },
    html`<header class="head"><h1>${title}</h1><p class="lead">${lead}</p></header>
${boards.length === 0 ? html`<p class="empty">${t('boards.none')}</p>` : ''}
<ul class="board-list" role="list">${boards.map(
      (board) => html`<li>
<h2><a href="${boardPath(board)}">${worded(board.name, language)}</a></h2>
<p class="about">${t('threads.count', { count: board.threadCount, shown: showNumber(board.threadCount, language) })}</p>
${worded(board.summary, language) ? html`<p>${worded(board.summary, language)}</p>` : ''}
${crossedBoardsList(page, board, board.crossed)}
</li>`,
    )}</ul>`,
  )
}
