import { type BoardAddress, boardPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { type Worded, worded } from '../../src/platform/text/i18n/worded.ts'
import type { Page } from '../page.ts'

export interface LinkedBoard extends BoardAddress {
  id: number
  name: Worded
}

/** The boards of a thread, cities first. */
export function boardLinks({ language }: Page, boards: readonly LinkedBoard[]): Html {
  const ordered = [...boards].sort((one, other) => one.kind.localeCompare(other.kind))
  return html`<ul class="boards">${ordered.map(
    (board) => html`<li><a class="${board.kind}" href="${boardPath(board)}">${worded(board.name, language)}</a></li>`,
  )}</ul>`
}
