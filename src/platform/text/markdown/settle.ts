/** Texts that were met settle within three readings. */
const MOST_READINGS = 8

/**
 * The HTML of a tree that a browser makes the same tree of. Taking out elements leaves trees that no HTML stands for,
 * such as a paragraph in a paragraph: what a browser would make of them instead is read here until it stays the same,
 * so that what was allowed is what is shown, and no post ends the element around it.
 * @throws RangeError for a text that does not settle.
 */
export function settle(holder: Element): string {
  let html = holder.innerHTML
  for (let reading = 0; reading < MOST_READINGS; reading++) {
    holder.innerHTML = html
    const again = holder.innerHTML
    if (again === html) return html
    html = again
  }
  throw new RangeError('HTML that does not settle')
}
