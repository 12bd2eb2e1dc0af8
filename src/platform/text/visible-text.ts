import { APART } from './markdown/elements.ts'

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' }

/** The mark of a note is no part of the word before it. */
const RAISED = 'sup'

/**
 * What is seen of HTML that the sanitiser has let through, on one line: markup as browsers write it, in which only the
 * entities above occur. Goes through it once, however long it is; one that was cut inside a tag ends before it.
 */
export function visibleText(markup: string): string {
  let text = ''
  let at = 0
  while (at < markup.length) {
    const tag = markup.indexOf('<', at)
    text += decoded(markup.slice(at, tag < 0 ? markup.length : tag))
    if (tag < 0) break
    const end = endOfTag(markup, tag)
    if (end < 0) break
    if (isApart(markup.slice(tag, Math.min(end, tag + 15)))) text += ' '
    at = end + 1
  }
  return text.replace(/[ \t-\r]+/g, ' ').trim()
}

/** Where a tag ends: a `>` in the value of an attribute does not end it. -1: nowhere. */
function endOfTag(markup: string, tag: number): number {
  let at = tag + 1
  while (at < markup.length) {
    const sign = markup[at]
    if (sign === '>') return at
    if (sign === '"') {
      at = markup.indexOf('"', at + 1)
      if (at < 0) return -1
    }
    at += 1
  }
  return -1
}

function isApart(opening: string): boolean {
  const name = /^<\/?([a-z][a-z0-9]*)/.exec(opening)?.[1] ?? ''
  return APART.has(name) || name === RAISED
}

const decoded = (text: string): string =>
  text.includes('&') ? text.replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '') : text
