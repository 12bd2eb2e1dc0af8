import type { Transaction } from '../../platform/database/database.ts'
import { FORUM_TIME_ZONE } from '../../platform/text/i18n/time-zones.ts'
import { type Board, boardCatalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { membersNamed } from '../members/queries.ts'
import { usernameKey } from '../members/username-key.ts'
import { boardsNamed } from './boards-called.ts'
import { type Found, findPosts } from './find-posts.ts'
import { fewerTerms } from './left-out.ts'
import type { PageOfHits, SearchOrder } from './page-of-posts.ts'
import type { Term } from './read-query.ts'
import { type Suggestion, spelling } from './suggestions.ts'
import { tsqueries } from './tsquery.ts'
import { type Question, type Understood, understand } from './understand.ts'
import { giveUpAfter, LONGEST_MILLISECONDS, searching } from './within-time.ts'

export interface Answer {
  understood: Understood
  /** Null when there is nothing to search for. */
  found: Found | null
  order: SearchOrder
  /** Words that were ignored, because no post has all words. */
  leftOut: string[]
  /** Words without any hit, with likely corrections. */
  suggestions: Suggestion[]
  boards: Board[]
  members: string[]
  /** Whether the search would have taken too long. */
  tooSlow: boolean
}

/** After this time, nothing more is tried to replace missing words. */
const PATIENCE_MILLISECONDS = 1_000
const MOST_BESIDE = 5

const NOTHING: Found = { hits: [], next: null, count: 0, about: false }

/** Answers a question as well as possible, and says which parts were not understood or not found. */
export async function answerQuestion(forum: Forum, question: Question, page: PageOfHits): Promise<Answer> {
  const understood = await understand(forum, question)
  const order = understood.terms.length > 0 ? page.order : 'new'
  const answer: Answer = {
    understood,
    found: null,
    order,
    leftOut: [],
    suggestions: [],
    ...(await namedBeside(forum, understood.terms)),
    tooSlow: false,
  }
  if (understood.nobody !== null || understood.notYet) return { ...answer, found: NOTHING }
  if (!asksForSomething(understood)) return answer
  const inTime = await searching(forum, (transaction) => search(forum, transaction, answer, { ...page, order }))
  return inTime ?? { ...answer, tooSlow: true }
}

/** A question with only excluded words asks for nothing. */
const asksForSomething = ({ terms, author, boards, after, before, thread }: Understood): boolean =>
  terms.length > 0 || author !== null || boards.length > 0 || after !== null || before !== null || thread !== null

async function search(forum: Forum, transaction: Transaction, answer: Answer, page: PageOfHits): Promise<Answer> {
  const { understood } = answer
  const begun = performance.now()
  const giveUpInTime = () => giveUpAfter(transaction, begun + LONGEST_MILLISECONDS - performance.now())
  const found = await find(forum, transaction, understood, page)
  if (found && found.hits.length > 0) return { ...answer, found }
  if (understood.terms.length === 0) return { ...answer, found }
  const until = begun + PATIENCE_MILLISECONDS
  await giveUpInTime()
  const { kept, leftOut, unknown } = await fewerTerms(transaction, understood, page.timeZone ?? FORUM_TIME_ZONE, until)
  const suggestions: Suggestion[] = []
  for (const word of new Set(unknown)) {
    const instead = performance.now() < until ? await spelling(transaction, word) : null
    if (instead) suggestions.push({ word, instead })
  }
  if (kept.length === 0) return { ...answer, found, suggestions }
  await giveUpInTime()
  const less = await find(forum, transaction, { ...understood, terms: kept }, page)
  return { ...answer, found: less, leftOut: leftOut.map(({ text }) => text), suggestions }
}

/** Null when the words say nothing: there are none, or only small words of a language that no post has. */
async function find(
  forum: Forum,
  transaction: Transaction,
  understood: Understood,
  page: PageOfHits,
): Promise<Found | null> {
  const queries = await tsqueries(transaction, understood)
  if (understood.terms.length > 0 && !queries.matching) return null
  const found = await findPosts(forum, transaction, understood, queries, page)
  return understood.terms.length > 0 && queries.small && found.hits.length === 0 ? null : found
}

/** Boards and members whose names match the search. */
async function namedBeside(forum: Forum, terms: readonly Term[]): Promise<Pick<Answer, 'boards' | 'members'>> {
  const names = [...new Set([...terms.map(({ text }) => text), terms.map(({ text }) => text).join(' ')])].slice(0, 10)
  const keys = names.map((name) => usernameKey(name.slice(0, 100))).filter(Boolean)
  const [catalogue, members] = await Promise.all([
    boardCatalogue(forum),
    keys.length > 0 ? membersNamed(forum.database, keys) : [],
  ])
  return {
    boards: boardsNamed(catalogue, names).slice(0, MOST_BESIDE),
    members: members.map(({ username }) => username).slice(0, MOST_BESIDE),
  }
}
