import { randomBytes } from 'node:crypto'
import { excerptOf } from './excerpt.ts'
import { finish } from './finish.ts'
import type { MarkdownSource, RenderedMarkdown } from './markdown.ts'
import { mentionedIn } from './mentioned.ts'
import { parse } from './parse.ts'
import { sanitise } from './sanitise.ts'
import { settle } from './settle.ts'

/** Notes and links can make fifty times as much HTML as was written; no honest post comes near this. */
const LONGEST_HTML = 1_000_000

/**
 * Markdown → HTML of the writer's making → what is allowed of it → as the forum shows it → as browsers read it.
 * @throws RangeError when there is too much of it.
 */
export default function render(source: MarkdownSource): RenderedMarkdown {
  // Notes of several posts stand on one page, and two of them may say the same.
  const noteAnchor = `note-${randomBytes(4).toString('hex')}-`
  const fragment = sanitise(parse(source, noteAnchor))
  finish(fragment, source.language, noteAnchor)
  const holder = fragment.ownerDocument.createElement('div')
  holder.append(fragment)
  const html = settle(holder)
  if (html.length > LONGEST_HTML) throw new RangeError('Too much HTML')
  return { html, excerpt: excerptOf(holder), mentioned: mentionedIn(holder) }
}
