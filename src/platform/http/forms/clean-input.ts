import { UNREADABLE } from '../../text/unreadable.ts'
import type { App } from '../app.ts'

/**
 * Makes every text that people send storable and comparable before it is validated: line ends as `\n` (forms send
 * `\r\n`), composed accents (Unicode NFC), and without the two things that PostgreSQL's UTF-8 cannot hold, NUL
 * and half a surrogate pair. A NUL in an address becomes U+FFFD, like half a pair, so that the page can say what it read.
 */
export function cleanInput(app: App): void {
  app.addHook('preValidation', async (request) => {
    request.body = clean(request.body)
    request.query = clean(request.query, UNREADABLE)
    request.params = clean(request.params)
  })
}

/**
 * How deep it may call itself, `receive-bodies.ts` sees to. Fields with the names of what every object can do
 * (`toString`, `__proto__`) are left out: with one of them, an object can no longer be shown.
 */
function clean(value: unknown, forNul = ''): unknown {
  if (typeof value === 'string') return cleanText(value.replaceAll('\0', forNul))
  if (Array.isArray(value)) return value.map((one) => clean(one, forNul))
  if (value !== null && typeof value === 'object' && !Buffer.isBuffer(value)) {
    const fields = Object.entries(value).filter(([name]) => !(name in Object.prototype))
    return Object.fromEntries(fields.map(([name, inner]) => [cleanText(name), clean(inner, forNul)]))
  }
  return value
}

export function cleanText(text: string): string {
  return breakMarks(text.replaceAll('\0', '').replace(/\r\n?/g, '\n').toWellFormed()).normalize('NFC')
}

/** U+034F, which is not seen and joins nothing. */
const GRAPHEME_JOINER = '\u034f'
const MOST_MARKS = 30

/**
 * Puts a joiner after every thirty combining marks in a row (Unicode's Stream-Safe Text Format, UAX 15, 13), which no
 * language needs. Sorting a longer row costs its square: a form of 2 MB kept everybody waiting for 39 seconds.
 */
const breakMarks = (text: string): string =>
  text.replace(/\p{M}+/gu, (marks) =>
    marks.length <= MOST_MARKS ? marks : marks.split(GRAPHEME_JOINER).map(inThirties).join(GRAPHEME_JOINER),
  )

function inThirties(marks: string): string {
  if (marks.length <= MOST_MARKS) return marks
  const signs = [...marks]
  const rows: string[] = []
  for (let at = 0; at < signs.length; at += MOST_MARKS) rows.push(signs.slice(at, at + MOST_MARKS).join(''))
  return rows.join(GRAPHEME_JOINER)
}
