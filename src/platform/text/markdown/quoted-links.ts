import type { Links, Token } from 'marked'
import { childrenOf, isDefinition, piecesOf } from './tokens.ts'

/** Thousands of quotes that define what others define would take the square of their number. Nobody writes that by hand. */
const MOST_COPIED = 100_000

/**
 * What the labels of links stand for in each piece of a text that is read for them. A quote's definitions are its own, as its
 * notes are: an answer may well have a `[1]` too. A label that a quote does not define is that of what it stands in, or
 * else the first of the whole text, as in CommonMark (§4.7).
 */
export function linksByPiece(tokens: Token[]): Map<Token[], Links> {
  const byPiece = new Map<Token[], Links>()
  let copied = 0

  function read(stretch: Token[], outer: Links): void {
    const own = definedIn(stretch, false)
    const mayDiffer = Object.keys(own).some((label) => own[label] !== outer[label])
    if (mayDiffer) copied += Object.keys(outer).length
    give(stretch, mayDiffer && copied < MOST_COPIED ? Object.assign(Object.create(null), outer, own) : outer)
  }

  function give(stretch: Token[], links: Links): void {
    for (const token of stretch) {
      for (const piece of piecesOf(token)) byPiece.set(piece, links)
      if (token.type === 'blockquote') read(childrenOf(token), links)
      else give(childrenOf(token), links)
    }
  }

  read(tokens, definedIn(tokens, true))
  return byPiece
}

/** The definitions of a stretch, the first of each label. */
function definedIn(stretch: Token[], inQuotes: boolean): Links {
  const links: Links = Object.create(null)
  const collect = (tokens: Token[]) => {
    for (const token of tokens) {
      if (isDefinition(token)) links[token.tag] ??= token
      else if (inQuotes || token.type !== 'blockquote') collect(childrenOf(token))
    }
  }
  collect(stretch)
  return links
}
