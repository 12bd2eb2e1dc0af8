import type { Tokens } from 'marked'

/** With a letter of any script behind it: préfecture.fr is a host too. */
const LONGEST = 8_000
const BARE = /^(?:(?:https?|ftp):\/\/|www\.)[\p{L}\p{N}][^\s<]{0,8000}/iu
/** `&lt;` is written for a sign of the sentence (GFM §6.9). */
const REFERENCE = /&[a-z0-9]{1,32};$/i

/**
 * What ends an address wherever it stands: quotes, stops of other scripts, signs that nobody sees, and those that no address
 * holds (RFC 3986, appendix C) and the sources of pages have behind one.
 */
const ENDS_ADDRESS =
  /[">`«»“”„‟‹›،؛؟۔।॥\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f\uff61\uff64\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u
/** Between two addresses that were typed without a space. */
const BEFORE_NEXT = /[,;|](?=https?:\/\/)/i
/** What is not part of an address at its end: the signs of GFM §6.9, and those of printed text. */
const NOT_AT_END = new Set('?!.,:;*_~\'"|…·‘’‚‛—–([{')
const ENDS_PAIR = new Map(['()', '[]', '{}'].map(([opening = '', closing = '']) => [closing, opening]))
/** Those of other scripts end an address in its middle too. */
const ENDS_WIDE_PAIR = new Map(
  ['（）', '［］', '｛｝', '〈〉', '《》', '「」', '『』', '【】', '〔〕'].map(([opening = '', closing = '']) => [
    closing,
    opening,
  ]),
)

/**
 * The part of a bare address that is one. The end of a pair that was opened before it («https://…») belongs to the
 * sentence, as do the stops behind it; GFM §6.9 has that rule for parentheses and the stops of ASCII only.
 */
export function bareAddress(typed: string): string {
  const opened = new Map<string, number>()
  const count = (sign: string, more: number) => opened.set(sign, (opened.get(sign) ?? 0) + more)
  const ends = [typed.search(ENDS_ADDRESS), typed.search(BEFORE_NEXT)].filter((at) => at >= 0)
  let end = Math.min(typed.length, ...ends)
  for (let at = 0; at < end; at++) {
    const sign = typed.charAt(at)
    const opening = ENDS_WIDE_PAIR.get(sign) ?? ENDS_PAIR.get(sign)
    if (ENDS_WIDE_PAIR.has(sign) && !opened.get(opening ?? '')) end = at
    else count(opening ?? sign, opening ? -1 : 1)
  }
  for (; end > 0; end--) {
    const sign = typed.charAt(end - 1)
    const [reference = ''] = sign === ';' ? (REFERENCE.exec(typed.slice(Math.max(0, end - 34), end)) ?? []) : []
    if (reference) end -= reference.length - 1
    const opening = ENDS_PAIR.get(sign)
    const unopened = opening !== undefined && (opened.get(opening) ?? 0) < 0
    if (unopened) count(opening, 1)
    else if (!NOT_AT_END.has(sign)) break
    else if (sign === '(' || sign === '[' || sign === '{') count(sign, -1)
  }
  return typed.slice(0, end)
}

/** A bare address at the start of a text, without what only stands behind it; undefined when there is none. */
export function bareLink(text: string): Tokens.Link | undefined {
  const [typed = ''] = BARE.exec(text) ?? []
  const raw = bareAddress(typed)
  // What is longer is no address, and to read all of it from each of many would take too long.
  if (!BARE.test(raw) || raw.length > LONGEST) return undefined
  // Copied out of the source of a page; no address has that by itself.
  const address = raw.replaceAll('&amp;', '&')
  const href = /^www\./i.test(address) ? `http://${address}` : address
  return {
    type: 'link',
    raw,
    text: raw,
    href,
    autolink: true,
    tokens: [{ type: 'text', raw, text: raw, escaped: false }],
  }
}
