import { crossingPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import { type Worded, worded } from '../../src/platform/text/i18n/worded.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'

/** A board of the other kind that a board crosses. */
export interface MetBoard extends LinkedBoard {
  threadCount: number
  note: Worded | null
}

/** «Concerned cities: Marseille (3), Nice», each a link to the crossing; nothing where there is none. */
export function metBoards(page: Page, board: LinkedBoard, met: readonly MetBoard[]): Html {
  if (met.length === 0) return html``
  const label = page.t(board.kind === 'city' ? 'boards.technologies_here' : 'boards.cities_concerned')
  return html`<div class="met"><span>${label}</span> <ul>${met.map((other) => metBoard(page, board, other))}</ul></div>`
}

function metBoard({ language }: Page, board: LinkedBoard, { name, slug, threadCount, note }: MetBoard): Html {
  const path = board.kind === 'city' ? crossingPath(board, { slug }) : crossingPath({ slug }, board)
  return html`<li><a href="${path}"${note ? html` title="${worded(note, language)}"` : ''}>${worded(name, language)}${
    threadCount > 0 ? html` <span class="count">${showNumber(threadCount, language)}</span>` : ''
  }</a></li>`
}
