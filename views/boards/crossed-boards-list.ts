import { crossingPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import { type Worded, worded, wordedSentence } from '../../src/platform/text/i18n/worded.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'

/** A board of the other kind that has threads in common with a board. */
export interface CrossedBoard extends LinkedBoard {
  threadCount: number
  note: Worded | null
}

/** «Concerned cities: Marseille (3), Nice», each a link to the crossing; nothing without any. */
export function crossedBoardsList(page: Page, board: LinkedBoard, crossed: readonly CrossedBoard[]): Html {
  if (crossed.length === 0) return html``
  const label = page.t(board.kind === 'city' ? 'boards.technologies_here' : 'boards.cities_concerned')
  return html`<div class="met"><span>${label}</span> <ul>${crossed.map((other) => crossedBoard(page, board, other))}</ul></div>`
}

/** How many a list of boards names. */
const NAMED = 3

/** The liveliest crossings of a board, in one line. */
export function crossedBoardsShort(page: Page, board: LinkedBoard, crossed: readonly CrossedBoard[]): Html {
  if (crossed.length === 0) return html``
  return html`<ul class="crossed" role="list">${crossed.slice(0, NAMED).map((other) => crossedBoard(page, board, other))}</ul>`
}

function crossedBoard({ language }: Page, board: LinkedBoard, { name, slug, threadCount, note }: CrossedBoard): Html {
  const path = board.kind === 'city' ? crossingPath(board, { slug }) : crossingPath({ slug }, board)
  return html`<li><a href="${path}"${note ? html` title="${wordedSentence(note, language)}"` : ''}>${worded(name, language)}${
    threadCount > 0 ? html` <span class="count">${showNumber(threadCount, language)}</span>` : ''
  }</a></li>`
}
