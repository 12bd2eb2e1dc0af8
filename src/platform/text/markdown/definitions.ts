import type { Links, Token, Tokens } from 'marked'
import type { ForumLexer } from './lexer.ts'
import { childrenOf, isDefinition } from './tokens.ts'

/**
 * Shows definitions of links (`[1]: https://…`) as they were typed where nothing refers to them, and where their label
 * has an earlier one. CommonMark §4.7 has them vanish, and with them a list of sources or the lines of a talk.
 */
export function showUnreferred(lexer: ForumLexer, referred: ReadonlySet<Links[string]>): void {
  const links: Links = Object.create(null)

  function isTyped(token: Token): token is Tokens.Def {
    if (!isDefinition(token)) return false
    if (!referred.has(token)) return true
    links[token.tag] ??= token
    return false
  }

  function show(tokens: Token[]): void {
    let kept = 0
    let lines: Tokens.Paragraph | null = null
    for (const token of tokens) {
      const typed = isTyped(token)
      if (typed && lines) lines.text += `\n${line(token)}`
      else {
        if (lines) lexer.inline(lines.text, lines.tokens)
        lines = typed ? { type: 'paragraph', raw: token.raw, text: line(token), tokens: [] } : null
        tokens[kept++] = lines ?? token
        if (!typed) show(childrenOf(token))
      }
    }
    if (lines) lexer.inline(lines.text, lines.tokens)
    tokens.length = kept
  }

  show(lexer.tokens)
  lexer.tokens.links = links
  lexer.readLines()
}

/** As it was typed: its label is no link to what another has under that name. */
const line = ({ raw }: Tokens.Def): string => raw.trim().replace('[', '\\[')
