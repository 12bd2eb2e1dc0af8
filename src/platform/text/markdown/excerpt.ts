import { shortened } from '../shortened.ts'
import { APART } from './elements.ts'

const LONGEST_EXCERPT = 240

/** Quotes, code and tables (each in its frame) are not what a post says, unless it holds nothing else. */
const NOT_ITS_OWN_WORDS = new Set(['blockquote', 'pre', 'div', 'section'])

/** The beginning of what a rendered text says, on one line, with the spaces that its language is printed with. */
export function excerptOf(rendered: Element): string {
  return shortened(words(rendered, NOT_ITS_OWN_WORDS) || words(rendered, new Set()), LONGEST_EXCERPT)
}

/** Spaces that break no line stay as they are. */
const words = (rendered: Element, leftOut: ReadonlySet<string>): string =>
  textIn(rendered, leftOut)
    .replace(/[ \t-\r\u0085\u2028\u2029]+/g, ' ')
    .trim()

function textIn(node: Node, leftOut: ReadonlySet<string>): string {
  if (node.nodeName === '#text') return node.textContent ?? ''
  let text = ''
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const name = child.nodeName.toLowerCase()
    if (leftOut.has(name) || isNoteMark(child) || isReturn(child)) continue
    text += APART.has(name) ? ` ${textIn(child, leftOut)} ` : textIn(child, leftOut)
  }
  return text
}

/** Only the marks of notes keep an id; without being raised they would be a digit at the end of a word. */
const isNoteMark = (node: Node): boolean =>
  node.nodeName === 'A' && node.parentNode?.nodeName === 'SUP' && 'id' in node && node.id !== ''

/** The arrows below a note; of the links in its section, these alone lead back to a mark. */
const isReturn = (node: Node): boolean => node.nodeName === 'A' && /^↩\d*$/.test(node.textContent ?? '')
