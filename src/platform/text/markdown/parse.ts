import { Marked, Parser, type TokenizerAndRendererExtension } from 'marked'
import { showUnreferred } from './definitions.ts'
import { withoutFalseReferences } from './entities.ts'
import { typedTags } from './html-tags.ts'
import { ForumLexer, ours } from './lexer.ts'
import { mailLinks } from './mail-links.ts'
import type { MarkdownSource } from './markdown.ts'
import { openNotes } from './notes.ts'
import { mentionsOf, numbersOf } from './reference-links.ts'
import { ForumTokenizer } from './tokenizer.ts'

/**
 * GitHub's Markdown with notes, `@name` and `#12`, in which no word vanishes that somebody typed. What comes out is as
 * hostile as its writer: only what `sanitise` leaves of it may be shown.
 */
export function parse(source: MarkdownSource, noteAnchor: string): string {
  const notes = openNotes(noteAnchor)
  const tokenizer = new ForumTokenizer()
  const withTypedTags = typedTags(source.body)
  const marked = new Marked({ gfm: true, breaks: true, async: false })
  marked.use({
    extensions: [...notes.extensions, openings, mailLinks, mentionsOf(source), numbersOf(source)],
    renderer: {
      html: ({ text }) => withTypedTags(text),
      // Within raw code marked lets `<` through, for which a browser would wait until its `>`.
      text: (token) => ('escaped' in token && token.escaped ? token.text.replaceAll('<', '&lt;') : false),
      listitem(item) {
        const number = tokenizer.numbered.get(item)
        return `<li${number === undefined ? '' : ` value="${number}"`}>${this.parser.parse(item.tokens)}</li>\n`
      },
      blockquote(token) {
        return `<blockquote>\n${this.parser.parse(token.tokens)}${notes.list(this.parser, token)}</blockquote>\n`
      },
    },
  })
  const options = { ...marked.defaults, tokenizer }
  const lexer = new ForumLexer(options)
  lexer.lex(source.body)
  showUnreferred(lexer, tokenizer.referred)
  notes.refer(lexer.tokens)
  const parser = new Parser(options)
  return withoutFalseReferences(parser.parse(lexer.tokens) + notes.list(parser, null))
}

const LONG_GAP = /^ {64,}/

/**
 * Has marked stop reading plain text where one of ours, or a link, may begin. Reads long gaps itself: marked looks for the
 * end of the line from each of their spaces.
 */
const openings: TokenizerAndRendererExtension = {
  name: 'opening',
  level: 'inline',
  start(rest) {
    return ours(this.lexer).nextOpening(rest)
  },
  tokenizer(rest) {
    const [raw] = LONG_GAP.exec(rest) ?? []
    return raw && rest[raw.length] !== '\n' ? { type: 'text', raw, text: raw, escaped: false } : undefined
  },
  renderer: ({ raw }) => raw,
}
