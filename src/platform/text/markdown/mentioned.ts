import { elementsIn, isWithin, VERBATIM } from './elements.ts'

const PREFIX = '/members/'
/** In a quote, somebody else has called them; in code, nobody has. */
const CALLS_NOBODY: ReadonlySet<string> = new Set(['blockquote', 'q', ...VERBATIM])

/** The names of the members whom a rendered text calls. */
export function mentionedIn(holder: Element): string[] {
  const names = elementsIn(holder)
    .filter((element) => element.localName === 'a' && element.getAttribute('href')?.startsWith(PREFIX))
    .filter((link) => !isWithin(link, CALLS_NOBODY) && link.textContent.startsWith('@'))
    .map((link) => link.textContent.slice(1))
  return [...new Set(names)]
}
