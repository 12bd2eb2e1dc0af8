/**
 * Splits texts into words. The index, queries and the marks in excerpts all use this, so that they agree. PostgreSQL
 * handles accents and stems (`french_words` and its like).
 */

/** A word of a text, with its place. */
export interface Word {
  text: string
  start: number
  end: number
}

/** Several words that are also written as one: «vidéo-surveillance», «Q6135-LE», «L. 251-1». */
export interface Compound extends Word {
  /** The first of its words. */
  from: number
  /** The place after its last word. */
  to: number
  /** Whether only the whole has a meaning, as for an article of law. */
  whole: boolean
}

export interface Words {
  words: Word[]
  compounds: Compound[]
}

/** A run of letters and digits. */
interface Run extends Word {
  /** The text between it and the run before. */
  gap: string
}

const LONGEST_WORD = 60
const MOST_PARTS = 5

/** French words that are shortened before an apostrophe. */
const ELISIONS = new Set(['l', 'd', 'j', 'm', 'n', 's', 't', 'c', 'qu', 'jusqu', 'lorsqu', 'puisqu', 'quoiqu'])
const APOSTROPHES = new Set(["'", '’', 'ʼ', '‘', '´', '`'])
/** Signs that join the parts of a compound: hyphens, and signs in file and product names. */
const JOINTS = new Set(['-', '‐', '‑', '_', '.', '&', '+'])
/** Signs between groups of three digits. */
const THOUSANDS = new Set([' ', '\u00a0', '\u202f', '\u2009', '.', ',', "'", '’'])
/** Signs between the letter of an article of law and its number. */
const AFTER_ARTICLE = new Set(['', ' ', '\u00a0', '\u202f', '.', '. ', '.\u00a0', '.\u202f'])

/** Splits a text. Goes through it once: time and memory grow linearly with its length. */
export function wordsOf(text: string): Words {
  const runs = runsOf(text)
  const found: Words = { words: [], compounds: [] }
  let at = 0
  while (at < runs.length)
    at = takeNumber(runs, at, found) || takeArticle(runs, at, found) || takeChain(runs, at, found)
  return found
}

function runsOf(text: string): Run[] {
  const runs: Run[] = []
  let end = 0
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    const start = match.index
    // A longer gap joins nothing, so its text does not matter.
    const gap = start - end > 2 ? '  ' : text.slice(end, start)
    end = start + match[0].length
    runs.push({ text: match[0], start, end, gap })
  }
  return runs
}

/** «1 500 000» is one number. Answers the index of the run after it; 0 when none begins here. */
function takeNumber(runs: readonly Run[], first: number, { words }: Words): number {
  const run = runs[first]
  if (!run || !/^\d{1,3}$/.test(run.text)) return 0
  let last = first
  for (let next = runs[last + 1]; next && /^\d{3}$/.test(next.text) && THOUSANDS.has(next.gap); next = runs[last + 1]) {
    last += 1
  }
  const end = runs[last]?.end
  if (last === first || last - first >= MOST_PARTS || end === undefined) return 0
  const text = runs
    .slice(first, last + 1)
    .map((one) => one.text)
    .join('')
  words.push({ text, start: run.start, end })
  return last + 1
}

/** «L. 251-1» and «L251-1» are the same article. Answers the index of the run after it; 0 when none begins here. */
function takeArticle(runs: readonly Run[], first: number, { words, compounds }: Words): number {
  const [, letter, digits] = /^([LRDA])(\d*)$/i.exec(runs[first]?.text ?? '') ?? []
  const start = runs[first]
  if (!start || letter === undefined) return 0
  const numbered = digits ? first : first + 1
  const number = runs[numbered]
  if (!number || (!digits && !(/^\d+$/.test(number.text) && AFTER_ARTICLE.has(number.gap)))) return 0
  let last = numbered
  for (let next = runs[last + 1]; next && next.gap === '-' && /^\d+$/.test(next.text); next = runs[last + 1]) last += 1
  const end = runs[last]?.end
  if (last === numbered || last - numbered >= MOST_PARTS || end === undefined) return 0
  const parts: Word[] = [
    { text: letter.toLowerCase(), start: start.start, end: start.start + 1 },
    { text: digits || number.text, start: digits ? start.start + 1 : number.start, end: number.end },
    ...runs.slice(numbered + 1, last + 1),
  ]
  const from = words.length
  words.push(...parts.map(({ text, start, end }) => ({ text, start, end })))
  const text = parts.map((part) => part.text).join('')
  compounds.push({ text, start: start.start, end, from, to: words.length, whole: true })
  return last + 1
}

/** A chain of joined words, or a single one. Answers the index of the run after it. */
function takeChain(runs: readonly Run[], first: number, found: Words): number {
  let last = first
  for (let next = runs[last + 1]; next && (JOINTS.has(next.gap) || APOSTROPHES.has(next.gap)); next = runs[last + 1]) {
    last += 1
  }
  const chain = withoutElisions(runs.slice(first, last + 1))
  const acronym = acronymOf(chain)
  if (acronym) {
    found.words.push(acronym)
    return last + 1
  }
  const from = found.words.length
  for (const { text, start, end } of chain) {
    const cleaned = cleanWord(text)
    if (cleaned) found.words.push({ text: cleaned, start, end })
  }
  const parts = found.words.slice(from)
  const text = parts.map((part) => part.text).join('')
  const [one, end] = [parts[0], parts.at(-1)]
  if (one && end && parts.length > 1 && parts.length <= MOST_PARTS && text.length <= LONGEST_WORD) {
    found.compounds.push({ text, start: one.start, end: end.end, from, to: found.words.length, whole: false })
  }
  return last + 1
}

/** «l’école» is «école», «city's» is «city», and «aujourd’hui» one word. */
function withoutElisions(chain: readonly Run[]): Run[] {
  const left: Run[] = []
  for (const run of chain) {
    const before = left.at(-1)
    if (!before || !APOSTROPHES.has(run.gap)) left.push(run)
    else if (ELISIONS.has(before.text.toLowerCase())) left.splice(-1, 1, { ...run, gap: before.gap })
    else if (run.text.toLowerCase() !== 's') {
      left.splice(-1, 1, { ...before, text: before.text + run.text, end: run.end })
    }
  }
  return left
}

/** «C.N.I.L.» is «cnil». */
function acronymOf(chain: readonly Run[]): Word | null {
  const [first, last] = [chain[0], chain.at(-1)]
  if (!first || !last || chain.length < 2) return null
  const isOne = chain.every(({ text, gap }, place) => /^\p{L}\p{M}*$/u.test(text) && (place === 0 || gap === '.'))
  const text = isOne ? cleanWord(chain.map((run) => run.text).join('')) : ''
  return text ? { text, start: first.start, end: last.end } : null
}

/** Lower case, with plain letters for ligatures and superscripts, and without signs that PostgreSQL could interpret. */
const cleanWord = (text: string): string =>
  text
    .slice(0, LONGEST_WORD)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{Nd}]/gu, '')

/** Endings that the French stemmer misses once accents are removed: «policière», «installées». */
const ENDINGS: readonly [RegExp, string][] = [
  [/ees?$/, 'e'],
  [/eres?$/, 'er'],
]
/**
 * Small French words that are missing in PostgreSQL's list, or have accents there, which are removed before the look-up.
 */
const SMALL_IN_FRENCH = new Set([
  ...['a', 'les', 'cet', 'cette', 'ca', 'cela', 'ceci', 'celui', 'celle', 'ceux', 'celles', 'ils', 'elles', 'leurs'],
  ...['si', 'quoi', 'dont', 'donc', 'meme', 'memes', 'comme', 'ainsi', 'alors', 'tres', 'aussi', 'etre', 'etait'],
])
/** A small word that is in the list. */
const SMALL = 'le'

const SHORTEST_TO_BEND = 5

/** A word changed so that the stemmer of its language understands it. */
export function bent(word: string, language: string): string {
  if (language !== 'fr') return word
  const plain = withoutAccents(word)
  if (SMALL_IN_FRENCH.has(plain)) return SMALL
  if (word.length < SHORTEST_TO_BEND) return word
  const [ending, put] = ENDINGS.find(([pattern]) => pattern.test(plain)) ?? []
  return ending && put !== undefined ? plain.replace(ending, put) : word
}

/** «Étienne» becomes «Etienne». */
export const withoutAccents = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '')

/**
 * PostgreSQL refuses a `tsvector` above 1 MB, places included. Only a text made for this reaches it: `ﷺ` alone is
 * eighteen letters.
 */
const LONGEST_INDEXED = 900_000
/** Bytes for the places of a word. */
const OF_A_WORD = 6

/**
 * A text for PostgreSQL's index: its words, then its compounds, each counted as one word. So places in the `tsvector`
 * are indexes into `words`, then into `compounds`. What exceeds the limit is left out at the end.
 */
export function indexed({ words, compounds }: Words, language: string): string {
  let left = LONGEST_INDEXED
  const fitting = [...words, ...compounds].filter(({ text }) => {
    left -= Buffer.byteLength(text) + OF_A_WORD
    return left >= 0
  })
  return fitting.map(({ text }) => bent(text, language)).join(' ')
}
