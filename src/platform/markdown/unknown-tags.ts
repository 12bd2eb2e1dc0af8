import { JSDOM } from 'jsdom'

const { document, HTMLUnknownElement } = new JSDOM('').window

/** Taken out with what they hold, though they are no elements of HTML itself. */
const FOREIGN = ['svg', 'math']

const OPENING = /<(?=\/?([a-z][^\s/>]*))/gi

/**
 * Makes text of the tags that are none of HTML's, such as `<prenom>` or `<your-name>`: whoever writes them means what
 * they read, and taking them out would lose it.
 */
export function keepUnknownTags(html: string): string {
  return html.replace(OPENING, (opening, name: string) => (isElement(name.toLowerCase()) ? opening : '&lt;'))
}

const known = new Map<string, boolean>()

function isElement(name: string): boolean {
  if (name.includes('-') || !/^[a-z][a-z0-9]*$/.test(name) || name.length > 20) return false
  const remembered = known.get(name)
  if (remembered !== undefined) return remembered
  const is = FOREIGN.includes(name) || !(document.createElement(name) instanceof HTMLUnknownElement)
  if (is) known.set(name, is)
  return is
}
