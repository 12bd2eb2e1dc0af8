import type { Token, Tokens } from 'marked'

/** What stands in a token of marked, whatever its kind calls it. */
export function childrenOf(token: Token): Token[] {
  if (isList(token)) return token.items
  const [only = [], ...others] = piecesOf(token)
  return others.length > 0 ? [only, ...others].flat() : only
}

/** The lists of tokens in a token: one for each cell of a table. */
export function piecesOf(token: Token): Token[][] {
  if (isTable(token)) return [token.header, ...token.rows].flatMap((row) => row.map(({ tokens }) => tokens))
  return 'tokens' in token && token.tokens ? [token.tokens] : []
}

/** A definition of a link: `[label]: address`. */
export const isDefinition = (token: Token): token is Tokens.Def => token.type === 'def'

const isList = (token: Token): token is Tokens.List => token.type === 'list'
const isTable = (token: Token): token is Tokens.Table => token.type === 'table'
