/*
 * Each text has a document of its own, for which jsdom reads every selector anew: that took a quarter of the time of
 * a rendering. Here elements are found by their names.
 */

/** Texts that must stay to the letter. */
export const VERBATIM: ReadonlySet<string> = new Set(['code', 'pre', 'kbd', 'samp'])

/** Words on the two sides of these are not one word. */
export const APART: ReadonlySet<string> = new Set([
  ...['br', 'hr', 'p', 'pre', 'blockquote', 'li', 'dt', 'dd', 'td', 'th', 'caption', 'details', 'summary'],
  ...['h3', 'h4', 'h5', 'h6', 'div', 'section', 'ul', 'ol', 'dl', 'table'],
])

/** The elements of a tree in its order, as they are now: they may be moved while one goes through them. */
export function elementsIn(root: ParentNode): Element[] {
  const found: Element[] = []
  const collect = (parent: ParentNode) => {
    for (let child = parent.firstElementChild; child; child = child.nextElementSibling) {
      found.push(child)
      collect(child)
    }
  }
  collect(root)
  return found
}

/** Whether an element is, or stands in, one of those names. */
export function isWithin(element: Element | null, names: ReadonlySet<string>): boolean {
  for (let one = element; one; one = one.parentElement) if (names.has(one.localName)) return true
  return false
}
