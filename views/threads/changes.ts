import { type Html, html } from '../../src/platform/text/html.ts'
import type { Translate } from '../../src/platform/text/i18n/translate.ts'

/** A piece of text that stayed, came or went between two versions; or where something was left out. */
export type Change = { kind: 'same' | 'added' | 'removed'; text: string } | { kind: 'left_out' }

/** Two versions as one text, with what came and went marked, for eyes and for screen readers. */
export function changes(parts: readonly Change[], t: Translate): Html {
  return html`${parts.map((part) => change(part, t))}`
}

function change(part: Change, t: Translate): Html {
  if (part.kind === 'left_out') return html`<span>\n[…]\n</span>`
  const { kind, text } = part
  if (kind === 'same') return html`<span>${text}</span>`
  const kindHtml = html`<span class="hidden">${t(`history.${kind}`)} </span>`
  return kind === 'added' ? html`<ins>${kindHtml}${text}</ins>` : html`<del>${kindHtml}${text}</del>`
}
