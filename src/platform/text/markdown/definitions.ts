import type { Lexer, Token, Tokens } from 'marked'
import { childrenOf } from './tokens.ts'

/**
 * Shows definitions of links (`[1]: https://…`) as they were typed where nothing refers to them, and where their label
 * has an earlier one. CommonMark §4.7 has them vanish, and with them a list of sources or the lines of a talk.
 */
export function showUnreferred(lexer: Lexer, referred: ReadonlySet<string>): void {
  const { links } = lexer.tokens
  for (const label of Object.keys(links)) if (!referred.has(label)) delete links[label]
  const defined = new Set<string>()

  function isTyped(token: Token): token is Tokens.Def {
    if (token.type !== 'def') return false
    if (!referred.has(token.tag) || defined.has(token.tag)) return true
    defined.add(token.tag)
    return false
  }

  function show(tokens: Token[]): void {
    let kept = 0
    let lines: Tokens.Paragraph | null = null
    for (const token of tokens) {
      const typed = isTyped(token)
      if (typed && lines) lines.text += `\n${token.raw.trimEnd()}`
      else {
        if (lines) lexer.inline(lines.text, lines.tokens)
        lines = typed ? { type: 'paragraph', raw: token.raw, text: token.raw.trimEnd(), tokens: [] } : null
        tokens[kept++] = lines ?? token
        if (!typed) show(childrenOf(token))
      }
    }
    if (lines) lexer.inline(lines.text, lines.tokens)
    tokens.length = kept
  }

  show(lexer.tokens)
  readLines(lexer)
}

/** Reads what stands in the paragraphs that were made, as marked does at the end of its own. */
function readLines(lexer: Lexer): void {
  for (const { src, tokens } of lexer.inlineQueue.splice(0)) {
    lexer.state.inRawBlock = false
    lexer.inlineTokens(src, tokens)
  }
}
