import { UNREADABLE } from '../../platform/text/unreadable.ts'
import { WRITTEN_LANGUAGES } from '../../platform/text/written-language/languages.ts'
import { type Board, boardCatalogue, type Catalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { membersNamed } from '../members/queries.ts'
import { usernameKey } from '../members/username-key.ts'
import { boardCalled } from './boards-called.ts'
import { addTerm, PLACES, type Place, type Restriction, readQuery, type Term } from './read-query.ts'
import { withoutAccents, wordsOf } from './words.ts'

/** A search as it was typed, with the filters beside it. */
export interface Question {
  q: string
  board: string
  author: string
  after: string
  before: string
  in: string
  lang: string
  has: string
  thread: number | null
}

/** A search with its boards, members and days looked up. */
export interface Understood {
  terms: Term[]
  without: Term[]
  author: { id: number; username: string } | null
  boards: Board[]
  place: Place | null
  /** Days, `YYYY-MM-DD`: from this one on. */
  after: string | null
  /** Before this day. */
  before: string | null
  /** The code of a language. */
  lang: string | null
  /** The name of an unknown author, so that nothing is found. */
  nobody: string | null
  /** A kind of content that the forum does not have yet. */
  notYet: 'files' | 'documents' | 'dossiers' | null
  thread: number | null
  /** Filters without a meaning, and operators that are searched as words. */
  misunderstood: { field: string; value: string; asWords: boolean }[]
  /** Whether only the beginning of the query was read. */
  cut: boolean
  /** Whether unreadable characters were replaced by spaces. */
  unreadable: boolean
}

/** Looks up the boards, members and days of a question. Never throws because of what was typed. */
export async function understand(forum: Forum, question: Question): Promise<Understood> {
  const read = readQuery(question.q)
  const catalogue = await boardCatalogue(forum)
  const understood: Understood = {
    terms: read.terms,
    without: read.without,
    author: null,
    boards: [],
    place: null,
    after: null,
    before: null,
    lang: null,
    nobody: null,
    notYet: null,
    thread: question.thread,
    misunderstood: [],
    cut: read.cut,
    unreadable: question.q.includes(UNREADABLE),
  }
  const authors = await authorsNamed(forum, [
    question.author,
    ...read.restrictions.flatMap(({ name, value }) => (name === 'author' ? value : [])),
  ])
  for (const [name, value] of fieldsOf(question)) {
    if (!restrict(understood, { name, value }, catalogue, authors)) {
      understood.misunderstood.push({ field: name, value, asWords: false })
    }
  }
  for (const restriction of read.restrictions) {
    if (restrict(understood, restriction, catalogue, authors)) continue
    const { name: field, value } = restriction
    if (understood.misunderstood.some((one) => one.asWords && one.field === field && one.value === value)) continue
    understood.misunderstood.push({ field, value, asWords: true })
    for (const term of asTerms(restriction)) addTerm(understood, term, false)
  }
  return understood
}

type FieldName = Restriction['name'] | 'board'

const fieldsOf = ({ board, author, after, before, in: place, lang, has }: Question): [FieldName, string][] =>
  (
    [
      ['board', board],
      ['author', author],
      ['after', after],
      ['before', before],
      ['in', place],
      ['lang', lang],
      ['has', has],
    ] satisfies [FieldName, string][]
  ).filter(([, value]) => value.trim() !== '')

/** The value of an operator as words. Its name says nothing about the search. */
const asTerms = ({ value }: Restriction): Term[] =>
  wordsOf(value).words.map(({ text }) => ({ text, phrase: false, ofOperator: true }))

/** Applies one filter. Answers whether it has a meaning. */
function restrict(
  understood: Understood,
  { name, value }: { name: FieldName; value: string },
  catalogue: Catalogue,
  authors: Authors,
): boolean {
  const known = value.trim()
  if (name === 'author') {
    understood.author = authors(known) ?? understood.author
    if (!authors(known)) understood.nobody = known
    return true
  }
  if (name === 'board' || name === 'city' || name === 'technology') {
    const board = boardCalled(catalogue, known, name === 'board' ? null : name)
    if (board && !understood.boards.includes(board)) understood.boards.push(board)
    return board !== null
  }
  if (name === 'in') {
    const place = PLACES.find((one) => one === (PLACES_IN_FRENCH[withoutAccents(known).toLowerCase()] ?? known))
    understood.place = place ?? understood.place
    if (place === 'documents' || place === 'dossiers') understood.notYet = place
    return place !== undefined
  }
  if (name === 'lang') {
    const lang = known.toLowerCase()
    if (!WRITTEN_LANGUAGES.includes(lang)) return false
    understood.lang = lang
    return true
  }
  if (name === 'has') {
    const isFile = FILE_WORDS.has(known.toLowerCase())
    if (isFile) understood.notYet = 'files'
    return isFile
  }
  const day = dayOf(known)
  if (day) understood[name] = day
  return day !== null
}

const PLACES_IN_FRENCH: Record<string, Place> = { titres: 'titles', messages: 'posts' }
const FILE_WORDS = new Set(['file', 'fichier'])

/** A day as `YYYY-MM-DD`; for a year or month, its first day; null for an invalid date. */
function dayOf(text: string): string | null {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text) ?? []
  if (!year) return null
  const moment = new Date(`${year}-${month}-${day}T00:00:00Z`)
  const written = Number.isNaN(moment.getTime()) ? '' : moment.toISOString().slice(0, 10)
  return Number(year) > 0 && written === `${year}-${month}-${day}` ? written : null
}

type Authors = (name: string) => { id: number; username: string } | null

async function authorsNamed({ database }: Forum, names: readonly string[]): Promise<Authors> {
  const keys = [...new Set(names.map((name) => usernameKey(asName(name))).filter(Boolean))]
  const found = keys.length > 0 ? await membersNamed(database, keys) : []
  const byKey = new Map(found.map((member) => [member.usernameKey, member]))
  return (name) => byKey.get(usernameKey(asName(name))) ?? null
}

/** Cut, because no name is longer. */
const asName = (text: string): string => text.trim().slice(0, 100)
