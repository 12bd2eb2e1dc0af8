import { Lexer, type Links, type Token, type TokensList } from 'marked'
import { linksByPiece } from './quoted-links.ts'

/** One stretch of text, blocks or the inside of one, which marked reads from its start, giving each reader what is left of it. */
interface Run {
  source: string
  /** Where something of ours may begin; null until somebody asks. */
  openings: number[] | null
  next: number
  /** Where lines begin that may be notes; null until somebody asks. */
  notes: number[] | null
  nextNote: number
  /** Where the last comment of it ends; null until somebody asks. */
  lastEnd: number | null
}

const LONGEST_LOCAL = 64

const LONG_GAP = 64

/** `@name`, `#12`, `[^note]`. */
const OPENING = /(?<![\w.+-])@|#|\[\^/g
/** Behind any sign but those of words and addresses. */
const WWW = /(?<![\p{Script=Latin}\p{M}\p{N}@/.:_-])www\./gu
const GAP = / {2,}/g
/** A line that begins as a note does: see `notes.ts`. */
const NOTE_LINE = /(?<=\n) {0,3}\[\^[^\]\n]{1,200}\]:/g

/**
 * Remembers where in a text its readers are: what stands before them, and where ours may find something next. To
 * search for both from each token on takes the square of the text's length.
 */
export class ForumLexer extends Lexer {
  readonly #runs: Run[] = []
  #links = new Map<Token[], Links>()

  /** All blocks first: a link may lead where only the end of the text says. */
  override lex(source: string): TokensList {
    this.blockTokens(source, this.tokens)
    this.#links = linksByPiece(this.tokens)
    this.readLines()
    return this.tokens
  }

  /** Reads what stands in the blocks. */
  readLines(): void {
    for (const { src, tokens } of this.inlineQueue.splice(0)) {
      this.state.inRawBlock = false
      this.inlineTokens(src, tokens)
    }
  }

  override blockTokens(source: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[]
  override blockTokens(source: string, tokens?: TokensList, lastParagraphClipped?: boolean): TokensList
  override blockTokens(source: string, tokens: Token[] = [], lastParagraphClipped = false): Token[] {
    return this.#read(source, () => super.blockTokens(source, tokens, lastParagraphClipped))
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    const { links } = this.tokens
    this.tokens.links = this.#links.get(tokens) ?? links
    try {
      return this.#read(source, () => super.inlineTokens(source, tokens))
    } finally {
      this.tokens.links = links
    }
  }

  #read(source: string, read: () => Token[]): Token[] {
    this.#runs.push({ source, openings: null, next: 0, notes: null, nextNote: 0, lastEnd: null })
    try {
      return read()
    } finally {
      this.#runs.pop()
    }
  }

  /** Whether a comment ends in what is left of a run. */
  commentEnds(rest: string): boolean {
    const run = this.#runs.at(-1)
    if (!run) return false
    run.lastEnd ??= run.source.lastIndexOf('-->')
    return run.source.length - rest.length < run.lastEnd
  }

  /** The last signs before what is left of a run. */
  before(rest: string, most: number): string {
    const { source = '' } = this.#runs.at(-1) ?? {}
    const end = source.length - rest.length
    return source.slice(Math.max(0, end - most), end)
  }

  /** How far in what is left of a run something of ours may begin; -1 when nothing does. */
  nextOpening(rest: string): number {
    const run = this.#runs.at(-1)
    if (!run) return -1
    run.openings ??= openingsOf(run.source)
    const from = run.source.length - rest.length
    while ((run.openings[run.next] ?? from) < from) run.next += 1
    const opening = run.openings[run.next]
    return opening === undefined ? -1 : opening - from
  }

  /** How far in what is left of a run a line may begin a note; -1 when none does. */
  nextNote(rest: string): number {
    const run = this.#runs.at(-1)
    if (!run) return -1
    run.notes ??= [...run.source.matchAll(NOTE_LINE)].map(({ index }) => index)
    const from = run.source.length - rest.length
    while ((run.notes[run.nextNote] ?? from) < from) run.nextNote += 1
    const note = run.notes[run.nextNote]
    return note === undefined ? -1 : note - from
  }
}

function openingsOf(source: string): number[] {
  const gaps = [...source.matchAll(GAP)].filter(([gap]) => gap.length >= LONG_GAP)
  const found = [...source.matchAll(OPENING), ...source.matchAll(WWW), ...gaps].map(({ index }) => index)
  for (let at = source.indexOf('@'); at >= 0; at = source.indexOf('@', at + 1)) {
    const start = mailBefore(source, at)
    if (start >= 0) found.push(start)
  }
  return found.sort((one, other) => one - other)
}

/** Where the mail address of an @ may begin; -1 when it is none. */
function mailBefore(source: string, at: number): number {
  const local = source.slice(Math.max(0, at - LONGEST_LOCAL), at).replace(/^.*[^\p{L}\p{M}\p{N}._+'-]/su, '')
  const start = local.search(/[\p{L}\p{N}_+-]/u)
  return start < 0 ? -1 : at - local.length + start
}

/** What ours are read by, which marked only knows to be a lexer. */
export function ours(lexer: Lexer): ForumLexer {
  if (!(lexer instanceof ForumLexer)) throw new TypeError('Read by another lexer')
  return lexer
}
