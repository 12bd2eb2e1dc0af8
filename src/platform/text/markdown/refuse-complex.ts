/** Characters of one paragraph that may begin or end something: the parser compares them with each other. */
const MOST_SIGNS = 2_000
/** Elements in elements, and quotes or lists in quotes or lists. */
const DEEPEST = 100
/** Bars of tables in a text: more cells would be more HTML than a post may have. */
const MOST_BARS = 20_000

const SIGN = /[*~@#[`]/g
const NO_TAG = /<(?![/a-z!?])/giu
/** A `_` within a word begins and ends nothing, unless what may be an address goes on for long after it. */
const AROUND_WORD = /(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])/giu
const WITHIN_WORD = /(?<=[\p{L}\p{N}_])_(?=[\p{L}\p{N}_])/giu
const MAY_BE_ADDRESS = /[\w.+-]+/giu
const LONG = 200
const FENCE = /^ {0,3}(`{3,}|~{3,})/
/** What a line begins with in quotes and lists. */
const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/
const RULE = /^[ \t*_-]*$/
const BEGINS_BLOCK = /^[ \t>]*(?:$|[-+*][ \t]|#{1,6}[ \t]|\|)/
const TAG =
  /<(\/?)(a|abbr|article|aside|b|bdi|bdo|big|blockquote|center|cite|code|del|details|dfn|div|dl|em|fieldset|figure|font|footer|form|h[1-6]|header|i|ins|kbd|main|mark|menu|nav|nobr|ol|pre|q|ruby|s|samp|section|select|small|span|strike|strong|sub|summary|sup|table|tt|u|ul|var)\b/gi

/**
 * Refuses what the parser would need minutes for and nobody writes by hand: its work grows with the square of these numbers.
 * Code in fences may hold anything. The time limit catches what passes here.
 * @throws RangeError
 */
export function refuseComplex(body: string): void {
  let fence = ''
  let signs = 0
  let depth = 0
  let bars = 0
  for (const line of body.split('\n')) {
    const [, marks = ''] = FENCE.exec(line) ?? []
    if (fence) {
      if (marks.startsWith(fence) && line.trim() === marks) fence = ''
      continue
    }
    if (marks) {
      fence = marks
      continue
    }
    if (BEGINS_BLOCK.test(line)) signs = 0
    signs += count(line, SIGN) + count(line, NO_TAG) + count(line, AROUND_WORD) + farFromEnd(line)
    bars += count(line, /\|/g)
    depth = deeper(line, depth)
    if (signs > MOST_SIGNS || bars > MOST_BARS || depth > DEEPEST || containers(line) > DEEPEST)
      throw new RangeError('Too complex')
  }
}

const count = (line: string, sign: RegExp): number => line.match(sign)?.length ?? 0

/** How many `_` within words have a long rest of what may be an address after them. */
function farFromEnd(line: string): number {
  let found = 0
  for (const { 0: run, index } of line.matchAll(MAY_BE_ADDRESS)) {
    if (run.length <= LONG) continue
    // With the sign before it, which may be of two units, and the one after it: they tell what is within a word.
    found += count(line.slice(Math.max(0, index - 2), index + run.length - LONG + 1), WITHIN_WORD)
  }
  return found
}

function containers(line: string): number {
  return RULE.test(line) ? 0 : count(CONTAINERS.exec(line)?.[0] ?? '', /[>+*-]|\d+/g)
}

/** How many elements are open after a line; those that are closed in another order stay open for the browser too. */
function deeper(line: string, before: number): number {
  let depth = before
  for (const [, slash] of line.matchAll(TAG)) {
    depth = slash ? Math.max(0, depth - 1) : depth + 1
    if (depth > DEEPEST) return depth
  }
  return depth
}
