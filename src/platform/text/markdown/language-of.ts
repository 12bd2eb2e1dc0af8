import { guessLanguage, LOOKED_AT } from '../written-language/guess.ts'
import { APART, VERBATIM } from './elements.ts'

/** What somebody else has said, or a program. */
const QUOTED: ReadonlySet<string> = new Set(['blockquote', 'q', ...VERBATIM])

/**
 * The language that the words of a fragment are in, the writer's where they are too few to tell. Quotes are not the
 * writer's words, unless there are no others, and code is nobody's. Only the beginning is looked at, however long it is.
 */
export function languageOf(fragment: DocumentFragment, writersOwn: string): string {
  const own = beginning(fragment, QUOTED)
  return guessLanguage(own.trim() ? own : beginning(fragment, VERBATIM), writersOwn)
}

function beginning(root: Node, leftOut: ReadonlySet<string>): string {
  let text = ''
  const collect = (parent: Node) => {
    for (let node = parent.firstChild; node && text.length < LOOKED_AT; node = node.nextSibling) {
      if (node.nodeName === '#text') text += node.textContent ?? ''
      else if (isElement(node) && !leftOut.has(node.localName) && !saysItself(node)) {
        collect(node)
        if (APART.has(node.localName)) text += '\n'
      }
    }
  }
  collect(root)
  return text
}

const isElement = (node: Node): node is Element => node.nodeType === node.ELEMENT_NODE

/** Names of members, addresses, and what is said to be in some language. */
const saysItself = (element: Element): boolean =>
  element.hasAttribute('lang') || (element.localName === 'a' && isName(element.textContent))

const isName = (text: string): boolean => /^[@#]/.test(text) || (/[.:/]/.test(text) && !/\s/.test(text))
