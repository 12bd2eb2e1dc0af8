import type { Token, Tokens } from 'marked'

/** What stands in a token of marked, whatever its kind calls it. */
export function childrenOf(token: Token): Token[] {
  if (isList(token)) return token.items
  if (isTable(token)) return [token.header, ...token.rows].flatMap((row) => row.flatMap(({ tokens }) => tokens))
  return 'tokens' in token ? (token.tokens ?? []) : []
}

const isList = (token: Token): token is Tokens.List => token.type === 'list'
const isTable = (token: Token): token is Tokens.Table => token.type === 'table'
