import { type Html, html } from '../../src/platform/text/html.ts'
import type { Translate } from '../../src/platform/text/i18n/translate.ts'

/** A piece of text that is the same, added or removed between two versions; or a gap for text that is left out. */
export type Change = { kind: 'same' | 'added' | 'removed'; text: string } | { kind: 'left_out' }

/** Two versions as one text, with additions and removals marked, also for screen readers. */
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
