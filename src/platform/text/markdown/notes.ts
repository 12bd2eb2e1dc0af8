import type { Parser, Token, TokenizerAndRendererExtension } from 'marked'
import { ours } from './lexer.ts'
import { type Note, type NoteReferences, openReferences } from './note-references.ts'

/** Before the text of a note. Labels have an end, so that many `[^` are not each read to the last. */
const NOTE = /^ {0,3}\[\^([^\]\n]{1,200})\]:[ \t]*/
const MARK = /^\[\^([^\]\n]{1,200})\]/

export interface Notes {
  extensions: TokenizerAndRendererExtension[]
  /** Finds out what refers to what, once a text is read. Notes that nothing refers to are then shown as typed. */
  refer(tokens: Token[]): void
  /** The notes of the text itself, or of one quote, to stand below it; empty when it has none. */
  list(parser: Parser, quote: Token | null): string
}

/** Notes as GitHub has them. Their anchors begin with `anchor`, which no other post of a page may have. */
export function openNotes(anchor: string): Notes {
  const references = openReferences()
  /** Known before any line is read for marks: marked reads all blocks first. */
  const labels = new Set<string>()
  return {
    extensions: [notesOf(references, labels), noteMarks(references, labels, anchor)],
    refer: references.refer,
    list(parser, quote) {
      const listed = references.listed(quote)
      if (listed.length === 0) return ''
      return `<section data-footnotes>\n<ol>\n${listed.map((one) => item(parser, anchor, one)).join('')}</ol>\n</section>\n`
    },
  }
}

function notesOf(references: NoteReferences, labels: Set<string>): TokenizerAndRendererExtension {
  return {
    name: 'note',
    level: 'block',
    // A paragraph ends where a note begins, with an empty line between them or without.
    start(rest) {
      return ours(this.lexer).nextNote(rest)
    },
    tokenizer(source) {
      const [opening, label] = NOTE.exec(source) ?? []
      if (opening === undefined || label === undefined) return undefined
      const raw = source.slice(0, endOfNote(source, opening.length))
      const content = raw.slice(opening.length).replace(/^(?: {4}|\t)/gm, '')
      labels.add(label)
      const { top } = this.lexer.state
      this.lexer.state.top = true
      const tokens = this.lexer.blockTokens(content)
      this.lexer.state.top = top
      return { type: 'note', raw, label, tokens }
    },
    renderer(token) {
      if (references.noteOf(token)?.number) return ''
      const typed = `[^${escaped(token.label)}]: `
      const content = this.parser.parse(token.tokens ?? [])
      return content.startsWith('<p>') ? `<p>${typed}${content.slice(3)}` : `<p>${typed}</p>\n${content}`
    },
  }
}

function noteMarks(
  references: NoteReferences,
  labels: ReadonlySet<string>,
  anchor: string,
): TokenizerAndRendererExtension {
  return {
    name: 'noteMark',
    level: 'inline',
    tokenizer(source) {
      const [raw, label] = MARK.exec(source) ?? []
      if (!raw || !label || !labels.has(label) || this.lexer.state.inLink) return undefined
      return { type: 'noteMark', raw, label }
    },
    renderer(token) {
      const found = references.markOf(token)
      if (!found) return escaped(token.raw)
      const { place, mark } = addresses(anchor, found.note, found.index)
      return `<sup><a id="${mark}" href="#${place}">${found.note.number}</a></sup>`
    },
  }
}

/** The addresses of a note, and of the mark that refers to it for the nth time. */
function addresses(anchor: string, note: Note, index: number): { place: string; mark: string } {
  return { place: `${anchor}${note.id}`, mark: `${anchor}ref-${note.id}${index > 1 ? `-${index}` : ''}` }
}

/** A note in the list, with a way back to each mark. */
function item(parser: Parser, anchor: string, note: Note): string {
  const backs = Array.from({ length: note.marks }, (_, before) => {
    const again = before > 0 ? `<sup>${before + 1}</sup>` : ''
    return ` <a href="#${addresses(anchor, note, before + 1).mark}">↩${again}</a>`
  }).join('')
  const content = parser.parse(note.content).trimEnd()
  const ended = content.endsWith('</p>') ? `${content.slice(0, -4)}${backs}</p>` : content + backs
  return `<li id="${addresses(anchor, note, 1).place}">\n${ended}\n</li>\n`
}

/** Where a note ends: with its line, or with the last of those that are indented below it. */
function endOfNote(source: string, start: number): number {
  let end = afterLine(source, start)
  let at = end
  while (at < source.length) {
    if (source[at] === '\n') at += 1
    else if (source[at] === '\t' || source.startsWith('    ', at)) {
      end = afterLine(source, at)
      at = end
    } else break
  }
  return end
}

const afterLine = (source: string, at: number): number => source.indexOf('\n', at) + 1 || source.length

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
