import { readFileSync } from 'node:fs'

/**
 * How hard the parts of a password are to guess for a guessing program (after zxcvbn: Wheeler, USENIX Security 2016). A
 * word, a run of keys, a number or a repetition counts once, whatever its length. One unit is about one random
 * character.
 */
const WORTH = { character: 1, word: 2, run: 1, number: 1, longNumber: 2, repetition: 0.5 }
const LEAST_WORTH = 7

const SHORTEST_WORD = 3
const LONGEST_WORD = 20
const SHORTEST_RUN = 3

/** Rows of keyboards, and other sequences that people type. */
const ROWS = [
  ...['azertyuiop', 'qsdfghjklm', 'wxcvbn', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm'],
  ...['abcdefghijklmnopqrstuvwxyz', '01234567890', '1aqw2zsx3edc4rfv5tgb6yhn', '1qaz2wsx3edc4rfv5tgb6yhn'],
  ...['&é"\'(-è_çà', '!@#$%^&*()'],
].flatMap((row) => [row, [...row].reverse().join('')])

/** Signs that people type in place of letters. */
const WRITTEN_FOR: Record<string, string> = { '@': 'a', '4': 'a', '0': 'o', '1': 'i', '!': 'i', '|': 'l', '3': 'e' }
Object.assign(WRITTEN_FOR, { '€': 'e', '5': 's', $: 's', '7': 't', '+': 't', '8': 'b', '9': 'g', '6': 'g' })

let read: ReadonlySet<string> | null = null

/** Common passwords, and words that people often use in passwords. */
function familiarWords(): ReadonlySet<string> {
  if (read) return read
  const lists = ['common-passwords.txt', 'familiar-words.txt'].map((name) =>
    readFileSync(new URL(name, import.meta.url), 'utf8').split(/\s+/),
  )
  read = new Set(lists.flat())
  return read
}

/** Characters after these are ignored, because the work grows with the length. */
const LOOKED_AT = 64

/**
 * Whether a password is easy to guess.
 * @param context words that an attacker knows: the member's name, the forum's name.
 */
export function easilyGuessed(password: string, context: readonly string[] = []): boolean {
  const typed = password.toLowerCase()
  const words = familiarWords()
  if (words.has(typed) || words.has(toLastLetter(typed))) return true
  return worth(plain(typed).slice(0, LOOKED_AT), context.map(plain)) < LEAST_WORTH
}

/** Without digits and signs at the end, which people add to satisfy a form. */
const toLastLetter = (text: string): string => /^.*\p{L}/su.exec(text)?.[0] ?? ''

/** Without accents, because guessing programs try both. */
const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** The lowest worth of any way to split the text into parts. */
function worth(text: string, context: readonly string[]): number {
  const signs = [...text]
  const readings = [signs, ...['i', 'l'].map((one) => signs.map((sign) => letterFor(sign, one)))]
  const least = [0]
  for (let end = 1; end <= signs.length; end += 1) {
    let lowest = (least[end - 1] ?? 0) + WORTH.character
    for (let start = Math.max(0, end - LONGEST_WORD); start < end; start += 1) {
      const pieces = readings.map((reading) => reading.slice(start, end).join(''))
      const before = signs.slice(Math.max(0, 2 * start - end), start).join('')
      lowest = Math.min(lowest, (least[start] ?? 0) + worthOfPiece(pieces, before, context))
    }
    least.push(lowest)
  }
  return least.at(-1) ?? 0
}

const letterFor = (sign: string, one: string): string => (sign === '1' ? one : (WRITTEN_FOR[sign] ?? sign))

/** @param pieces the same part as it is typed, and as it may be meant. */
function worthOfPiece(pieces: readonly string[], before: string, context: readonly string[]): number {
  const [typed = ''] = pieces
  if (typed === before) return WORTH.repetition
  if (typed.length >= SHORTEST_RUN && ROWS.some((row) => row.includes(typed))) return WORTH.run
  if (/^\d{2,8}$/.test(typed)) return typed.length <= 4 ? WORTH.number : WORTH.longNumber
  if (typed.length >= SHORTEST_WORD && pieces.some((piece) => isWord(piece, context))) return WORTH.word
  return Number.POSITIVE_INFINITY
}

function isWord(piece: string, context: readonly string[]): boolean {
  if (!/\p{L}{3}/u.test(piece)) return false
  return context.includes(piece) || familiarWords().has(piece) || familiarWords().has([...piece].reverse().join(''))
}
