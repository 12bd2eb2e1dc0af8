/** No text has needed more than three passes so far. */
const MOST_PASSES = 8

/**
 * HTML that a browser parses to the same tree again. Taking out elements leaves trees that HTML cannot express, such as a
 * paragraph in a paragraph; a browser would parse those to something else, and what the sanitiser allowed would not be what is
 * shown (mutation XSS). So it is parsed and written again until it stays the same.
 * @throws RangeError for a text that never does.
 */
export function stableHtml(holder: Element): string {
  let html = holder.innerHTML
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    holder.innerHTML = html
    const again = holder.innerHTML
    if (again === html) return html
    html = again
  }
  throw new RangeError('HTML that never stays the same')
}
