/**
 * How texts are taken apart into words: the same for what is indexed, for what is asked and for what is marked in an
 * excerpt, so that they always agree. Accents and stems are PostgreSQL's part (`french_words` and its like).
 */

/** A word of a text, and where it stands there. */
export interface Word {
  text: string
  start: number
  end: number
}

/** Several words that are also written as one: «vidéo-surveillance», «Q6135-LE», «L. 251-1». */
export interface Compound extends Word {
  /** Its words: from this one on … */
  from: number
  /** … to before this one. */
  to: number
  /** It is meant as a whole, and its parts say little: an article of law. */
  whole: boolean
}

export interface Words {
  words: Word[]
  compounds: Compound[]
}

/** Letters and digits in a row. */
interface Run extends Word {
  /** What stands between it and the one before. */
  gap: string
}

const LONGEST_WORD = 60
const MOST_PARTS = 5

/** What French puts before an apostrophe and means as a word of its own. */
const ELISIONS = new Set(['l', 'd', 'j', 'm', 'n', 's', 't', 'c', 'qu', 'jusqu', 'lorsqu', 'puisqu', 'quoiqu'])
const APOSTROPHES = new Set(["'", '’', 'ʼ', '‘', '´', '`'])
/** What joins the parts of a compound: hyphens, and what stands in names of files and products. */
const JOINTS = new Set(['-', '‐', '‑', '_', '.', '&', '+'])
/** What stands between three digits and three more. */
const THOUSANDS = new Set([' ', '\u00a0', '\u202f', '\u2009', '.', ',', "'", '’'])
/** What stands between the letter of an article of law and its number. */
const AFTER_ARTICLE = new Set(['', ' ', '\u00a0', '\u202f', '.', '. ', '.\u00a0', '.\u202f'])

/** Takes a text apart. One walk over it: time and space grow with its length alone. */
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
    // No joint is longer.
    const gap = start - end > 2 ? '  ' : text.slice(end, start)
    end = start + match[0].length
    runs.push({ text: match[0], start, end, gap })
  }
  return runs
}

/** «1 500 000» is one number. Answers the run after it; 0 where none begins here. */
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

/** «L. 251-1» and «L251-1» are the same article. Answers the run after it; 0 where none begins here. */
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

/** Words that joints hold together, or one that stands alone. Answers the run after them. */
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

/** Small letters, ligatures and superscripts as plain ones, and nothing that PostgreSQL could take for more than a word. */
const cleanWord = (text: string): string =>
  text
    .slice(0, LONGEST_WORD)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{Nd}]/gu, '')

/** French endings that are one word for readers and two for the stemmer once the accents are gone: «policière», «installées». */
const ENDINGS: readonly [RegExp, string][] = [
  [/ees?$/, 'e'],
  [/eres?$/, 'er'],
]
/** Small words that PostgreSQL's list of French ones has forgotten, or has with the accents that are gone when it is asked. */
const SMALL_IN_FRENCH = new Set([
  ...['a', 'les', 'cet', 'cette', 'ca', 'cela', 'ceci', 'celui', 'celle', 'ceux', 'celles', 'ils', 'elles', 'leurs'],
  ...['si', 'quoi', 'dont', 'donc', 'meme', 'memes', 'comme', 'ainsi', 'alors', 'tres', 'aussi', 'etre', 'etait'],
])
/** One that it knows. */
const SMALL = 'le'

const SHORTEST_TO_BEND = 5

/** A word as the stemmer of its language is to see it. */
export function bent(word: string, language: string): string {
  if (language !== 'fr') return word
  const plain = withoutAccents(word)
  if (SMALL_IN_FRENCH.has(plain)) return SMALL
  if (word.length < SHORTEST_TO_BEND) return word
  const [ending, put] = ENDINGS.find(([pattern]) => pattern.test(plain)) ?? []
  return ending && put !== undefined ? plain.replace(ending, put) : word
}

/** «Étienne» as «Etienne». */
export const withoutAccents = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '')

/**
 * A `tsvector` holds 1 MB, its places included, and PostgreSQL refuses more. Only a text made for it comes near: `ﷺ` alone
 * is eighteen letters.
 */
const LONGEST_INDEXED = 900_000
/** Bytes that the places of a word take. */
const OF_A_WORD = 6

/**
 * A text as PostgreSQL is to index it: its words, then its compounds, each counted as one word. So the places that a
 * `tsvector` keeps are those in `words`, and after them those in `compounds`. What is too much is left out at the end.
 */
export function indexed({ words, compounds }: Words, language: string): string {
  let left = LONGEST_INDEXED
  const fitting = [...words, ...compounds].filter(({ text }) => {
    left -= Buffer.byteLength(text) + OF_A_WORD
    return left >= 0
  })
  return fitting.map(({ text }) => bent(text, language)).join(' ')
}
