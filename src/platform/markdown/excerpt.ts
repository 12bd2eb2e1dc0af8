const LONGEST_EXCERPT = 240

/** Quotes, code and tables (each in its frame) are not what a post says, unless it holds nothing else. */
const NOT_ITS_OWN_WORDS = new Set(['blockquote', 'pre', 'div', 'section'])

/** Words on the two sides of these are not one word. */
const APART = new Set([
  ...['br', 'hr', 'p', 'pre', 'blockquote', 'li', 'dt', 'dd', 'td', 'th', 'caption', 'details', 'summary'],
  ...['h3', 'h4', 'h5', 'h6'],
])

/** The beginning of what a rendered text says, on one line, cut between words. */
export function excerptOf(rendered: Element): string {
  const said = words(rendered, NOT_ITS_OWN_WORDS) || words(rendered, new Set())
  if (said.length <= LONGEST_EXCERPT) return said
  const cut = said.slice(0, LONGEST_EXCERPT).toWellFormed().replace('\ufffd', '')
  return `${cut.replace(/\s\S*$/, '')}…`
}

const words = (rendered: Element, leftOut: ReadonlySet<string>): string =>
  textIn(rendered, leftOut).replace(/\s+/g, ' ').trim()

function textIn(node: Node, leftOut: ReadonlySet<string>): string {
  if (node.nodeName === '#text') return node.textContent ?? ''
  let text = ''
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const name = child.nodeName.toLowerCase()
    if (leftOut.has(name) || isNoteMark(child)) continue
    text += APART.has(name) ? ` ${textIn(child, leftOut)} ` : textIn(child, leftOut)
  }
  return text
}

/** Only the marks of notes keep an id; without being raised they would be a digit at the end of a word. */
const isNoteMark = (node: Node): boolean =>
  node.nodeName === 'A' && node.parentNode?.nodeName === 'SUP' && 'id' in node && node.id !== ''
