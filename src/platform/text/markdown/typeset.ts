import { isLanguage, type Language } from '../i18n/languages.ts'
import { type Curl, curls } from './curled-quotes.ts'
import { APART, VERBATIM } from './elements.ts'
import { withFrenchSpaces } from './french-spaces.ts'

/** One line of text, such as a title, as its language is printed; as it was typed, where we do not know how. What was typeset before stays as it is. */
export function typesetLine(text: string, language: string): string {
  if (!isLanguage(language)) return text
  const curled = withSigns(text, curls(text, language), 0)
  return language === 'fr' ? withFrenchSpaces(curled) : curled
}

/** A piece of a passage; what stays to the letter counts as a letter for what stands beside it. */
interface Piece {
  node: Node
  text: string
  kept: boolean
}

/** The same for a fragment, where a sign and its other half may stand in different elements. */
export function typeset(fragment: DocumentFragment, language: string): void {
  if (!isLanguage(language)) return
  for (const passage of passagesOf(fragment, language)) {
    const said = passage.map(({ text, kept }) => (kept ? text.replace(/\S/g, 'x') : text)).join('')
    const found = curls(said, language)
    let start = 0
    let next = 0
    for (const { node, text, kept } of passage) {
      const first = next
      while ((found[next]?.at ?? Number.POSITIVE_INFINITY) < start + text.length) next += 1
      const curled = withSigns(text, found.slice(first, next), start)
      const shown = language === 'fr' && !kept ? withFrenchSpaces(curled) : curled
      if (shown !== text) node.textContent = shown
      start += text.length
    }
  }
}

function withSigns(text: string, signs: readonly Curl[], start: number): string {
  let shown = ''
  let from = 0
  for (const { at, sign } of signs) {
    shown += text.slice(from, at - start) + sign
    from = at - start + 1
  }
  return shown + text.slice(from)
}

/** The texts of a fragment, those of one paragraph, cell or line together. */
function passagesOf(fragment: DocumentFragment, language: Language): Piece[][] {
  const passages: Piece[][] = [[]]
  const collect = (parent: Node, kept: boolean) => {
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      if (node.nodeName === '#text') passages.at(-1)?.push({ node, text: node.textContent ?? '', kept })
      else if (node.nodeName === 'BR') passages.at(-1)?.push({ node, text: '\n', kept: true })
      else if (isElement(node)) {
        const apart = APART.has(node.localName)
        if (apart) passages.push([])
        collect(node, kept || staysAsTyped(node, language))
        if (apart) passages.push([])
      }
    }
  }
  collect(fragment, false)
  return passages
}

const isElement = (node: Node): node is Element => node.nodeType === node.ELEMENT_NODE

/** Code, addresses, and what is said to be in another language. */
function staysAsTyped(element: Element, language: Language): boolean {
  if (VERBATIM.has(element.localName)) return true
  const lang = element.getAttribute('lang')
  if (lang) return lang.toLowerCase().split('-')[0] !== language
  return element.localName === 'a' && /^(?:https?:\/\/|www\.|mailto:)\S*$|^[^\s@]+@\S+$/i.test(element.textContent)
}
