import { elementsIn, isWithin } from './elements.ts'

const PREFIX = '/members/'
const QUOTE = new Set(['blockquote'])

/** The names of the members whom a rendered text calls; in a quote, somebody else has called them. */
export function mentionedIn(holder: Element): string[] {
  const names = elementsIn(holder)
    .filter((element) => element.localName === 'a' && element.getAttribute('href')?.startsWith(PREFIX))
    .filter((link) => !isWithin(link, QUOTE) && link.textContent.startsWith('@'))
    .map((link) => link.textContent.slice(1))
  return [...new Set(names)]
}
