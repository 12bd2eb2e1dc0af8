import { type Html, html } from '../../src/platform/text/html.ts'

/** A piece of a text, marked if it matches a search. */
export interface MarkedPiece {
  text: string
  marked: boolean
}

/** A text with its matches marked. */
export const marked = (pieces: readonly MarkedPiece[]): Html =>
  html`${pieces.map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : html`${text}`))}`
