import { LONGEST_QUERY } from '../../limits.ts'
import { cutText } from '../../platform/text/shortened.ts'
import { wordsOf } from './words.ts'

/** Where to search. Documents and dossiers can be asked for, but do not exist yet. */
export const PLACES = ['titles', 'posts', 'documents', 'dossiers'] as const
export type Place = (typeof PLACES)[number]

/** At most so many words and phrases of a query. */
const MOST_TERMS = 32
/** At most so many words in total. A phrase may be as long as a query, and each word costs the same. */
const MOST_WORDS = 64

/** A word or phrase that is required or excluded. */
export interface Term {
  /** As it was typed, without quotes. */
  text: string
  /** Whether its words must stand side by side. */
  phrase: boolean
  /** It followed an operator with an unknown value, such as an unknown name. Plain words are tried first. */
  ofOperator?: boolean
}

/** A filter as it was typed. The board or day may not exist. */
export type Restriction = { [Name in RestrictionName]: { name: Name; value: string } }[RestrictionName]
export type RestrictionName = 'author' | 'city' | 'technology' | 'in' | 'before' | 'after' | 'has' | 'lang'

export interface ReadQuery {
  terms: Term[]
  without: Term[]
  restrictions: Restriction[]
  /** Whether the query was too long and only its beginning is searched. */
  cut: boolean
}

/** English names from the API, and French ones that people try. */
const OPERATORS: Record<string, RestrictionName> = {
  author: 'author',
  auteur: 'author',
  city: 'city',
  ville: 'city',
  technology: 'technology',
  technologie: 'technology',
  in: 'in',
  dans: 'in',
  before: 'before',
  avant: 'before',
  after: 'after',
  apres: 'after',
  après: 'after',
  has: 'has',
  avec: 'has',
  lang: 'lang',
  langue: 'lang',
}

/** Words at the start of a question, which say nothing about its subject. */
const QUESTIONS = new Set([
  ...['comment', 'combien', 'pourquoi', 'quand', 'quel', 'quelle', 'quels', 'quelles', 'est-ce', 'quoi', 'où'],
  ...['how', 'what', 'when', 'where', 'which', 'who', 'whose', 'why'],
])

const QUOTES: Record<string, string> = { '"': '"', '«': '»', '“': '”', '„': '“' }

/** Parses a query: words, «phrases», -excluded words, and filters («author:zoe»). */
export function readQuery(typed: string): ReadQuery {
  const asked = typed.trim()
  const beginning = cutText(asked, LONGEST_QUERY)
  const cut = beginning.length < asked.length
  // Cuts between words, because half a word finds nothing.
  const text = cut && beginning.includes(' ') ? beginning.slice(0, beginning.lastIndexOf(' ')) : beginning
  const read: ReadQuery = { terms: [], without: [], restrictions: [], cut }
  let plain = ''
  const takePlain = () => {
    for (const term of wordsTogether(plain)) addTerm(read, term, false)
    plain = ''
  }
  for (const { operator, value, phrase, without } of pieces(text)) {
    if (!operator && !phrase && !without) {
      plain += ` ${value}`
      continue
    }
    takePlain()
    const name = operator === '' ? undefined : OPERATORS[operator.toLowerCase()]
    if (name && value && !without) {
      read.restrictions.push({ name, value })
    } else {
      addTerm(read, { text: operator ? `${operator}:${value}` : value, phrase }, without)
    }
  }
  takePlain()
  const telling = read.terms.filter(({ text, phrase }) => phrase || !QUESTIONS.has(text.toLowerCase()))
  return telling.length > 0 ? { ...read, terms: telling } : read
}

/** Plain words, one by one, except compounds: «1 500 000», «L. 251-1», «Saint-Étienne». */
function wordsTogether(text: string): Term[] {
  const { words, compounds } = wordsOf(text)
  const alone = words.filter((_, place) => !compounds.some(({ from, to }) => from <= place && place < to))
  return [...alone, ...compounds]
    .sort((one, other) => one.start - other.start)
    .map(({ start, end }) => ({ text: text.slice(start, end), phrase: false }))
}

/** Adds a required or excluded term, once, up to the limits. */
export function addTerm(read: Pick<ReadQuery, 'terms' | 'without' | 'cut'>, term: Term, without: boolean): void {
  const { text, phrase } = term
  const list = without ? read.without : read.terms
  const { words } = wordsOf(text)
  if (words.length === 0) return
  if (list.some((one) => phrase === one.phrase && text.toLowerCase() === one.text.toLowerCase())) return
  const taken = [...read.terms, ...read.without]
  const room = taken.reduce((left, one) => left - wordsOf(one.text).words.length, MOST_WORDS)
  const last = words[room - 1]
  if (taken.length >= MOST_TERMS || words.length > room) read.cut = true
  if (taken.length >= MOST_TERMS || room <= 0) return
  list.push({ ...term, text: words.length > room && last ? text.slice(0, last.end) : text })
}

interface Piece {
  operator: string
  value: string
  phrase: boolean
  without: boolean
}

/** Goes through the text once. A quote that is not closed is ignored. */
function pieces(text: string): Piece[] {
  const found: Piece[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1
      continue
    }
    const without = text[at] === '-' && /\S/.test(text.charAt(at + 1))
    if (without) at += 1
    const operator = /^[\p{L}]{2,12}(?=:[^\s:/])/u.exec(text.slice(at, at + 13))?.[0] ?? ''
    if (operator) at += operator.length + 1
    const quoted = quotedAt(text, at)
    const end = quoted?.end ?? endOfWord(text, at)
    const value = quoted ? quoted.inside : text.slice(at, end)
    found.push({ operator, value: value.trim(), phrase: quoted !== null, without })
    at = end
  }
  return found
}

function quotedAt(text: string, at: number): { inside: string; end: number } | null {
  const closing = QUOTES[text.charAt(at)]
  const end = closing ? text.indexOf(closing, at + 1) : -1
  return end < 0 ? null : { inside: text.slice(at + 1, end), end: end + 1 }
}

function endOfWord(text: string, at: number): number {
  let end = at
  while (end < text.length && !/\s/.test(text.charAt(end))) end += 1
  return Math.max(end, at + 1)
}
