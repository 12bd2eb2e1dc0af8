import { html } from 'ghtml'
import { crossingPath } from '../../src/paths.ts'
import { showNumber } from '../../src/platform/i18n/formats.ts'
import { type Worded, worded } from '../../src/platform/i18n/worded.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'

/** A board of the other kind that a board crosses. */
export interface MetBoard extends LinkedBoard {
  threadCount: number
  note: Worded | null
}

/** «Concerned cities: Marseille (3), Nice», each a link to the crossing; nothing where there is none. */
export function metBoards({ t, language }: Page, board: LinkedBoard, met: readonly MetBoard[]): string {
  if (met.length === 0) return ''
  const label = t(board.kind === 'city' ? 'boards.technologies_here' : 'boards.cities_concerned')
  return html`<div class="met"><span>${label}</span> <ul>!${met.map((other) => {
    const path = board.kind === 'city' ? crossingPath(board, other) : crossingPath(other, board)
    const countHtml =
      other.threadCount > 0 ? html` <span class="count">${showNumber(other.threadCount, language)}</span>` : ''
    return html`<li><a href="${path}"!${other.note ? html` title="${worded(other.note, language)}"` : ''}>${worded(other.name, language)}!${countHtml}</a></li>`
  })}</ul></div>`
}
