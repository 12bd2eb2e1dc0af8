import { randomBytes } from 'node:crypto'
import { type Difference, differences } from './differences.ts'
import { excerptOf } from './excerpt.ts'
import { languageOf } from './language-of.ts'
import type { MarkdownSource, RenderedMarkdown } from './markdown.ts'
import { mentionedIn } from './mentioned.ts'
import { parse } from './parse.ts'
import { postprocess } from './postprocess.ts'
import { refuseComplex } from './refuse-complex.ts'
import { sanitise } from './sanitise.ts'
import { stableHtml } from './stable-html.ts'

/** Notes and links can make fifty times as much HTML as was typed, which every reader would download. No honest post comes near. */
const LONGEST_HTML = 320_000

/**
 * Markdown → HTML as its writer has it → what is allowed of it → as the forum shows it → HTML that browsers read the same way.
 * @throws RangeError when there is too much of it.
 */
export default function render(source: MarkdownSource): RenderedMarkdown {
  refuseComplex(source.body)
  // Notes of several posts stand on one page, and two of them may say the same.
  const noteAnchor = `note-${randomBytes(4).toString('hex')}-`
  const written = parse(source, noteAnchor)
  if (written.length > 3 * LONGEST_HTML) throw new RangeError('Too much HTML')
  const fragment = sanitise(written)
  const language = source.guess ? languageOf(fragment, source.language) : source.language
  postprocess(fragment, language, source, noteAnchor)
  const holder = fragment.ownerDocument.createElement('div')
  holder.append(fragment)
  const html = stableHtml(holder)
  if (html.length > LONGEST_HTML) throw new RangeError('Too much HTML')
  return { html, excerpt: excerptOf(holder), mentioned: mentionedIn(holder, source.mentions), language }
}

/**
 * Milliseconds for all that is compared at once. Ends by itself before its thread is ended, which would have to be started
 * anew for the next who asks.
 */
const LONGEST_TOGETHER = 450

/** What changed from each text to the next; null where too much did. The last come first, and what they leave of the time. */
export function compare(texts: readonly string[]): (Difference[] | null)[] {
  const end = performance.now() + LONGEST_TOGETHER
  const found: (Difference[] | null)[] = []
  for (let index = texts.length - 1; index > 0; index -= 1) {
    const share = Math.max(0, (end - performance.now()) / index)
    found.unshift(differences(texts[index - 1] ?? '', texts[index] ?? '', share))
  }
  return found
}

/** Starts the thread and loads all code, so that the first text is not charged for it. */
export function wake(): void {
  render({ body: '*a*', language: 'fr', mentions: {}, numbers: null })
}
