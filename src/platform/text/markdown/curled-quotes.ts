import type { Language } from '../i18n/languages.ts'
import { translator } from '../i18n/translate.ts'

interface Quotes {
  outer: readonly [opening: string, closing: string]
  inner: readonly [opening: string, closing: string]
}

/** As the language's catalogue lists them: the outer pair, then the inner one. */
function quotesOf(language: Language): Quotes {
  const [opening = '', closing = '', innerOpening = '', innerClosing = ''] =
    translator(language)('language.quotes').split('|')
  return { outer: [opening, closing], inner: [innerOpening, innerClosing] }
}

/** A sign of a text that is to be shown as another. */
export interface Curl {
  at: number
  sign: string
}

const BEFORE_OPENING = /[\s([{«“‘'’—–-]/
const BEHIND_CLOSING = /[\s.,;:!?…)\]}»”'’—–-]/
/** Other scripts have quotes of their own. */
const FOREIGN = /(?!\p{Script=Latin})\p{L}/u
/** In a word like these, a straight sign belongs to an address or to a program. */
const ADDRESS = /:\/\/|[\p{L}\p{N}]@|\\|=|^www\.|[\p{L}\p{N}]\.[\p{L}]{2,}\//iu

/**
 * The straight quotes and apostrophes of a text as print has them: pairs of `"` become « » or “ ”, and `'` between
 * letters ’. A sign alone stays, since it may be inches, minutes or code. In the order of the text, which is read once.
 */
export function curls(text: string, language: Language): Curl[] {
  if (!/["']/.test(text)) return []
  const found: Curl[] = []
  const opening: number[] = []
  const pairs = new Map<number, 'opening' | 'closing'>()
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    if (!/["']/.test(word) || ADDRESS.test(word)) continue
    for (let at = index; at < index + word.length; at++) {
      if (text[at] === "'" && isApostrophe(text, at)) found.push({ at, sign: '’' })
      if (text[at] !== '"') continue
      const opened = opening.at(-1)
      if (opened !== undefined && opened + 1 < at && closes(text, at)) {
        pairs.set(opened, 'opening').set(at, 'closing')
        opening.pop()
      } else if (opens(text, at)) opening.push(at)
    }
  }
  return [...found, ...paired(text, pairs, quotesOf(language))].sort((one, other) => one.at - other.at)
}

/** The signs of quotes that have their other half; those within others are inner ones. */
function paired(text: string, pairs: ReadonlyMap<number, 'opening' | 'closing'>, quotes: Quotes): Curl[] {
  if (pairs.size === 0) return []
  const found: Curl[] = []
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const side = pairs.get(at)
    if (side === 'closing' || text[at] === '»') depth = Math.max(0, depth - 1)
    const { 0: left, 1: right } = depth > 0 ? quotes.inner : quotes.outer
    if (side) found.push({ at, sign: side === 'opening' ? left : right })
    if (side === 'opening' || text[at] === '«') depth += 1
  }
  return found
}

const opens = (text: string, at: number): boolean =>
  (at === 0 || BEFORE_OPENING.test(text.charAt(at - 1))) &&
  /\S/.test(text.charAt(at + 1)) &&
  !FOREIGN.test(text.charAt(at + 1))

const closes = (text: string, at: number): boolean =>
  /\S/.test(text.charAt(at - 1)) && (at + 1 === text.length || BEHIND_CLOSING.test(text.charAt(at + 1)))

const isApostrophe = (text: string, at: number): boolean =>
  /\p{Script=Latin}/u.test(text.charAt(at - 1)) && /[\p{Script=Latin}\d"«]/u.test(text.charAt(at + 1))
