import { elementsIn, isWithin, VERBATIM } from './elements.ts'
import type { Mention } from './markdown.ts'

/** Whoever is named in a quote or in code is not addressed. */
const NOT_ADDRESSED: ReadonlySet<string> = new Set(['blockquote', 'q', ...VERBATIM])

/** The names that a rendered text mentions, as its links have them. */
export function mentionedIn(holder: Element, mentions: Record<string, Mention>): string[] {
  const links = new Map(Object.values(mentions).map(({ name, path }) => [path, name]))
  const names = elementsIn(holder)
    .filter((element) => element.localName === 'a' && !isWithin(element, NOT_ADDRESSED))
    .map((link) => ({ name: links.get(link.getAttribute('href') ?? ''), text: link.textContent }))
    .flatMap(({ name, text }) => (name !== undefined && text === `@${name}` ? [name] : []))
  return [...new Set(names)]
}
