import { createHash } from 'node:crypto'
import { excerptOf } from './excerpt.ts'
import { finish } from './finish.ts'
import type { MarkdownSource, RenderedMarkdown } from './markdown.ts'
import { parse } from './parse.ts'
import { sanitise } from './sanitise.ts'

/** Markdown → HTML of the writer's making → what is allowed of it → as the forum shows it. */
export default function render(source: MarkdownSource): RenderedMarkdown {
  // Notes of several posts stand on one page, so their anchors are told apart by what the post says.
  const noteAnchor = `note-${createHash('sha256').update(source.body).digest('hex').slice(0, 8)}-`
  const fragment = sanitise(parse(source, noteAnchor))
  finish(fragment, source.language, noteAnchor)
  const holder = fragment.ownerDocument.createElement('div')
  holder.append(fragment)
  return { html: holder.innerHTML, excerpt: excerptOf(holder) }
}
