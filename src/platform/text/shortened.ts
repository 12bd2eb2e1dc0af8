const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Of a text cut at a space, at least this part is left: else one long word would leave nothing of it. */
const MOST = 5 / 6

/**
 * The beginning of a text, no longer than so many UTF-16 units, that ends between two of what people see as one sign
 * (UAX #29 grapheme clusters). A sign that is longer by itself is cut between its code points.
 */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text
  // Two more units tell whether the sign at the cut goes on; more are never read, however long the text is.
  const end = graphemes.segment(text.slice(0, longest + 2)).containing(longest)?.index
  return end ? text.slice(0, end) : text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')
}

/** The end of a text, in the same way: it begins between two of what people see as one sign. */
export function endOf(text: string, longest: number): string {
  if (text.length <= longest) return text
  const around = text.slice(-2 * longest)
  const cut = around.length - longest
  const sign = graphemes.segment(around).containing(cut)
  const start = !sign || sign.index === cut ? cut : sign.index + sign.segment.length
  return around.slice(start < around.length ? start : cut).replace(/^[\udc00-\udfff]/, '')
}

/** Spaces, brackets and quotes with nothing behind them. */
const OPENS_MORE = /[\s\p{Ps}\p{Pi}.,;:…]/u

/** The same with «…» in its length where something was cut, and between words where that leaves most of it. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text
  const cut = cutText(text, longest - 1)
  const space = /\s/.test(text.charAt(cut.length)) ? cut.length : cut.search(/\s\S*$/)
  const words = space >= longest * MOST ? cut.slice(0, space) : cut
  let end = words.length
  while (OPENS_MORE.test(words.charAt(end - 1))) end -= 1
  return `${words.slice(0, end)}…`
}
