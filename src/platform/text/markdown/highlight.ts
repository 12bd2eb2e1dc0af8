import highlighter from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import ini from 'highlight.js/lib/languages/ini'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import python from 'highlight.js/lib/languages/python'
import sql from 'highlight.js/lib/languages/sql'
import xml from 'highlight.js/lib/languages/xml'

/** With the other names that people have for them. A language that is not named is not guessed. */
const LANGUAGES = { bash, css, diff, ini, javascript, json, python, sql, xml }
for (const [name, language] of Object.entries(LANGUAGES)) highlighter.registerLanguage(name, language)

/**
 * Other code stays as it is. The patterns of highlight.js are not linear: they need seconds for what nobody writes by hand,
 * as an endless line, or hundreds of openings that are never closed.
 */
const LONGEST_CODE = 4_000
const LONGEST_LINE = 200
const MOST_OPENINGS = 60

/** What is shown in its own way, by what highlight.js calls it. Print has few ways: see prose.css. */
const KINDS: Record<string, string> = {
  ...{ comment: 'c', quote: 'c', meta: 'c' },
  ...{ keyword: 'k', 'selector-tag': 'k', name: 'k', section: 'k', built_in: 'k', type: 'k', literal: 'k' },
  ...{ string: 's', regexp: 's', attr: 's', attribute: 's' },
  ...{ addition: 'a', deletion: 'd' },
}

/** Whether code in that language is marked. */
export const isCodeLanguage = (name: string): boolean => highlighter.getLanguage(name) !== undefined

/** What code was said to be written in, as marked and GitHub write it. */
export const CODE_LANGUAGE = /^language-[a-z0-9+#-]{1,20}$/i

/**
 * Marks what is keyword, string or comment in code whose language is named and known. Makes nodes of what highlight.js answers,
 * and parses none of it as HTML.
 */
export function highlight(code: Element): void {
  const name = code.getAttribute('class')?.replace('language-', '') ?? ''
  code.removeAttribute('class')
  const text = code.textContent
  if (!highlighter.getLanguage(name) || !isByHand(text)) return
  const { value } = highlighter.highlight(text, { language: name, ignoreIllegals: true })
  const marked = code.ownerDocument.createDocumentFragment()
  const open: ParentNode[] = [marked]
  for (const piece of value.split(/(<span class="[^"<>]{1,100}">|<\/span>)/)) {
    const parent = open.at(-1) ?? marked
    if (piece === '</span>') open.pop()
    else if (piece.startsWith('<span ')) open.push(span(code, parent, piece))
    else if (piece) parent.append(plain(piece))
  }
  // Whatever it has not understood, no sign of the code is lost.
  if (marked.textContent === text) code.replaceChildren(marked)
}

function isByHand(text: string): boolean {
  if (text.length > LONGEST_CODE || text.split('{').length > MOST_OPENINGS) return false
  return text.split('\n').every((line) => line.length <= LONGEST_LINE)
}

/** Answers where the content of a tag goes: a new element, or the parent where this kind looks like other code. */
function span(code: Element, parent: ParentNode, tag: string): ParentNode {
  const kind = KINDS[/hljs-([\w-]{1,40})/.exec(tag)?.[1] ?? '']
  if (!kind) return parent
  const made = code.ownerDocument.createElement('span')
  made.setAttribute('class', kind)
  parent.append(made)
  return made
}

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" }
const plain = (escaped: string): string =>
  escaped.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity)
