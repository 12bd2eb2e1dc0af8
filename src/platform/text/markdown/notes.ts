import type { Parser, Token, TokenizerAndRendererExtension } from 'marked'
import { ours } from './lexer.ts'
import { childrenOf } from './tokens.ts'

/** Before the text of a note. Labels have an end, so that many `[^` are not each read to the last. */
const NOTE = /^ {0,3}\[\^([^\]\n]{1,200})\]:[ \t]*/
const MARK = /^\[\^([^\]\n]{1,200})\]/

interface Note {
  label: string
  content: Token[]
  /** Where it was written: the text itself, or one of its quotes. */
  scope: Scope
  /** Tells it from all others of the post. */
  id: number
  /** How it is called among those of its list, from 1; 0 as long as nothing refers to it. */
  number: number
  marks: number
}

/** A place that refers to a note, the first or a later one. */
interface Mark {
  note: Note
  index: number
}

/** The text, or a quote in it: a quote's notes are its own, so that they do not stand for those of who quotes it. */
interface Scope {
  outer: Scope | null
  notes: Map<string, Note>
  /** Those that are referred to, in the order in which they are. */
  listed: Note[]
}

export interface Notes {
  extensions: TokenizerAndRendererExtension[]
  /** Finds out what refers to what, once a text is read. Notes that nothing refers to are then shown as typed. */
  refer(tokens: Token[]): void
  /** The notes of the text itself, or of one quote, to stand below it; empty when it has none. */
  list(parser: Parser, quote: Token | null): string
}

/** Notes as GitHub has them. Their anchors begin with `anchor`, which no other post of a page may have. */
export function openNotes(anchor: string): Notes {
  const text: Scope = { outer: null, notes: new Map(), listed: [] }
  const scopes = new Map<Token, Scope>()
  const noteOf = new Map<Token, Note>()
  const markOf = new Map<Token, Mark>()
  /** Known before any line is read for marks: marked reads all blocks first. */
  const labels = new Set<string>()
  let notes = 0

  /** Gathers the notes of a scope and of the quotes in it; the first of a name has it. */
  function gather(tokens: Token[], scope: Scope): void {
    for (const token of tokens) {
      if (token.type === 'note' && !scope.notes.has(token.label)) {
        notes += 1
        const note = { label: token.label, content: token.tokens ?? [], scope, id: notes, number: 0, marks: 0 }
        scope.notes.set(token.label, note)
        noteOf.set(token, note)
      }
      gather(childrenOf(token), token.type === 'blockquote' ? quoteIn(scope, token) : scope)
    }
  }

  function quoteIn(outer: Scope, quote: Token): Scope {
    const scope: Scope = { outer, notes: new Map(), listed: [] }
    scopes.set(quote, scope)
    return scope
  }

  /** Follows the marks of a text, of the notes that they refer to, and of theirs. */
  function follow(tokens: Token[], scope: Scope): void {
    for (const token of tokens) {
      if (token.type === 'noteMark') {
        const note = find(token.label, scope)
        if (note) mark(token, note)
      } else if (token.type !== 'note') follow(childrenOf(token), scopes.get(token) ?? scope)
    }
  }

  function mark(token: Token, note: Note): void {
    note.marks += 1
    markOf.set(token, { note, index: note.marks })
    if (note.number > 0) return
    note.number = note.scope.listed.push(note)
    follow(note.content, note.scope)
  }

  function followUnlisted(tokens: Token[], scope: Scope): void {
    for (const token of tokens) {
      if (token.type === 'note' && !noteOf.get(token)?.number) {
        // Shown where it was typed, it cannot be listed as well when its own text, or what follows, refers to it.
        if (scope.notes.get(token.label) === noteOf.get(token)) scope.notes.delete(token.label)
        follow(childrenOf(token), scope)
      }
      followUnlisted(childrenOf(token), scopes.get(token) ?? scope)
    }
  }

  function link(note: Note, index: number): { place: string; mark: string } {
    return { place: `${anchor}${note.id}`, mark: `${anchor}ref-${note.id}${index > 1 ? `-${index}` : ''}` }
  }

  function item(parser: Parser, note: Note): string {
    const backs = Array.from({ length: note.marks }, (_, before) => {
      const again = before > 0 ? `<sup>${before + 1}</sup>` : ''
      return ` <a href="#${link(note, before + 1).mark}">↩${again}</a>`
    }).join('')
    const content = parser.parse(note.content).trimEnd()
    const ended = content.endsWith('</p>') ? `${content.slice(0, -4)}${backs}</p>` : content + backs
    return `<li id="${link(note, 1).place}">\n${ended}\n</li>\n`
  }

  const note: TokenizerAndRendererExtension = {
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
      if (noteOf.get(token)?.number) return ''
      const typed = `[^${escaped(token.label)}]: `
      const content = this.parser.parse(token.tokens ?? [])
      return content.startsWith('<p>') ? `<p>${typed}${content.slice(3)}` : `<p>${typed}</p>\n${content}`
    },
  }

  const noteMark: TokenizerAndRendererExtension = {
    name: 'noteMark',
    level: 'inline',
    tokenizer(source) {
      const [raw, label] = MARK.exec(source) ?? []
      if (!raw || !label || !labels.has(label) || this.lexer.state.inLink) return undefined
      return { type: 'noteMark', raw, label }
    },
    renderer(token) {
      const found = markOf.get(token)
      if (!found) return escaped(token.raw)
      const { place, mark } = link(found.note, found.index)
      return `<sup><a id="${mark}" href="#${place}">${found.note.number}</a></sup>`
    },
  }

  return {
    extensions: [note, noteMark],
    refer(tokens) {
      gather(tokens, text)
      follow(tokens, text)
      followUnlisted(tokens, text)
    },
    list(parser, quote) {
      const listed = (quote ? scopes.get(quote) : text)?.listed ?? []
      if (listed.length === 0) return ''
      return `<section data-footnotes>\n<ol>\n${listed.map((one) => item(parser, one)).join('')}</ol>\n</section>\n`
    },
  }
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

function find(label: string, scope: Scope | null): Note | undefined {
  return scope ? (scope.notes.get(label) ?? find(label, scope.outer)) : undefined
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
