/*
 * Each text has a document of its own, for which jsdom reads every selector anew: that took a quarter of the time of
 * a rendering. Here elements are found by their names.
 */

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
