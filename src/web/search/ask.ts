import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Thread, threadById } from '../../forum/discussion/thread-queries.ts'
import type { Forum } from '../../forum/forum.ts'
import { maySeeThread } from '../../forum/members/permissions.ts'
import { type Answer, answerQuestion } from '../../forum/search/answer-question.ts'
import { readSearchCursor } from '../../forum/search/search-cursor.ts'
import type { Question } from '../../forum/search/understand.ts'
import { FairQueue } from '../../platform/rate-limits/fair-queue.ts'
import { networkDigest, takeAttempt } from '../../platform/rate-limits/rate-limits.ts'

/** A person tries some words, then others; a program that reads the forum has the lists and feeds. */
const SEARCHES = { action: 'search', most: 40, seconds: 60 }
/** Searches of this process at once: whoever posts must never wait for a connection that a search has. */
const LANES = { atOnce: 2, waiting: 60 }

/** Whatever is typed into an address is answered: what cannot be meant is said there. */
const Text = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]))
export const SearchQuery = Type.Object({
  q: Text,
  board: Text,
  author: Text,
  after: Text,
  before: Text,
  in: Text,
  sort: Text,
  lang: Text,
  has: Text,
  thread: Text,
  from: Text,
})

/** A question as it was sent, and what was found. */
export interface Asked {
  question: Question
  order: 'best' | 'new'
  /** The thread that alone is searched. */
  thread: Thread | null
  answer: Answer
  /** It is not the first page. */
  further: boolean
}

export type Ask = ReturnType<typeof openAsking>

/** Answers searches, of pages and programs in the same queue. @throws Problem 429, and 503 where too many wait already. */
export function openAsking(forum: Forum) {
  const lanes = new FairQueue(LANES)

  return async (request: FastifyRequest, query: Static<typeof SearchQuery>, most?: number): Promise<Asked> => {
    const question = questionIn(query)
    const order = textOf(query.sort) === 'new' ? 'new' : 'best'
    const from = textOf(query.from)
    const cursor = readSearchCursor(from)
    const thread = await threadSearched(request, question)
    const asked = { ...question, thread: thread?.id ?? null }
    const who = request.member ? `member ${request.member.id}` : networkDigest(request)
    if (request.url.includes('?')) await takeAttempt(forum, SEARCHES, who)
    const page = { order, cursor, timeZone: request.page.timeZone ?? null, most } as const
    const answer = await lanes.run(who, () => answerQuestion(forum, asked, page))
    return { question, order, thread, answer, further: from !== '' }
  }

  /** The thread that alone is searched, where the reader may see it. */
  async function threadSearched({ member }: FastifyRequest, { thread: id }: Question): Promise<Thread | null> {
    const thread = id === null ? null : await threadById(forum.database, id)
    return thread && maySeeThread(member, thread) ? thread : null
  }
}

type Sent = string | string[] | undefined

/** Of a field that was sent more than once, the last. */
const textOf = (sent: Sent): string => (Array.isArray(sent) ? (sent.at(-1) ?? '') : (sent ?? '')).trim()

function questionIn(query: Record<string, Sent>): Question {
  const thread = textOf(query.thread)
  return {
    q: textOf(query.q),
    board: textOf(query.board),
    author: textOf(query.author),
    after: textOf(query.after),
    before: textOf(query.before),
    in: textOf(query.in),
    lang: textOf(query.lang),
    has: textOf(query.has),
    thread: /^[1-9]\d{0,14}$/.test(thread) ? Number(thread) : null,
  }
}

/** The words that may be meant, and the question with them. */
export const suggested = ({ suggestions }: Answer, { q }: Question) =>
  suggestions.map((one) => ({ ...one, query: q.replace(one.word, () => one.instead) }))
