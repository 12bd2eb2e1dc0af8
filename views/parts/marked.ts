import { type Html, html } from '../../src/platform/text/html.ts'

/** A piece of a text; marked where it is what somebody searched for. */
export interface MarkedPiece {
  text: string
  marked: boolean
}

/** A text with what was searched for marked in it. */
export const marked = (pieces: readonly MarkedPiece[]): Html =>
  html`${pieces.map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : html`${text}`))}`
