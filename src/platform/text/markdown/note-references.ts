import type { Token } from 'marked'
import { childrenOf } from './tokens.ts'

export interface Note {
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

export interface NoteReferences {
  /** Finds out what refers to what, once a text is read. */
  refer(tokens: Token[]): void
  /** The note of a token; undefined where an earlier one has its label. */
  noteOf(token: Token): Note | undefined
  /** What a token refers to; undefined where there is no such note. */
  markOf(token: Token): Mark | undefined
  /** The notes of the text itself, or of one quote, in the order in which they are referred to. */
  listed(quote: Token | null): readonly Note[]
}

/** Knows which notes a text and its quotes have, and what refers to them. */
export function openReferences(): NoteReferences {
  const text: Scope = { outer: null, notes: new Map(), listed: [] }
  const scopes = new Map<Token, Scope>()
  const noteOf = new Map<Token, Note>()
  const markOf = new Map<Token, Mark>()
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

  return {
    refer(tokens) {
      gather(tokens, text)
      follow(tokens, text)
      followUnlisted(tokens, text)
    },
    noteOf: (token) => noteOf.get(token),
    markOf: (token) => markOf.get(token),
    listed: (quote) => (quote ? scopes.get(quote) : text)?.listed ?? [],
  }
}

function find(label: string, scope: Scope | null): Note | undefined {
  return scope ? (scope.notes.get(label) ?? find(label, scope.outer)) : undefined
}
