import { mentionOf, numbersIn } from '../../src/forum/discussion/render-body.ts'
import type { MarkdownSource, RenderedMarkdown } from '../../src/platform/text/markdown/markdown.ts'
import render from '../../src/platform/text/markdown/worker.ts'
import { parsed } from './parsed.ts'

/** A text as it would be written in a thread of twelve posts, in French, where only Zoé is a member. */
export function rendered(body: string, about: Partial<MarkdownSource> = {}): RenderedMarkdown {
  const zoe = mentionOf('Zoé')
  const numbers = numbersIn({ id: 7, lastNumber: 12 })
  return render({ body, language: 'fr', mentions: { zoe, Zoé: zoe }, numbers, ...about })
}

/** What a browser makes of a rendered text on a page: the element around it. */
export function onPage(html: string): Element {
  const page = parsed(
    `<!doctype html><main><article><div class="prose">${html}</div></article><footer></footer></main>`,
  )
  const prose = page.querySelector('.prose')
  if (!prose) throw new Error('A page without the text')
  return prose
}

/** A text as a reader's browser has it. */
export const shown = (body: string, about: Partial<MarkdownSource> = {}): Element => onPage(rendered(body, about).html)

/** The HTML of a text on one line, without what every link has. */
export const markup = (body: string, about: Partial<MarkdownSource> = {}): string =>
  rendered(body, about).html.replaceAll(' rel="nofollow ugc noopener"', '').replaceAll('\n', '').trim()
