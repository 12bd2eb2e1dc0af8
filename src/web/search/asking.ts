import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Thread, threadById } from '../../forum/discussion/thread-queries.ts'
import type { Forum } from '../../forum/forum.ts'
import { maySeeThread } from '../../forum/members/permissions.ts'
import { type Answer, answerQuestion } from '../../forum/search/answer-question.ts'
import type { Question } from '../../forum/search/understand.ts'
import { tooMany } from '../../platform/problem.ts'
import { FairQueue } from '../../platform/rate-limits/fair-queue.ts'
import { networkDigest, spendReading } from '../../platform/rate-limits/rate-limits.ts'

/** Enough for a person who tries several words. A program has the lists and feeds. */
const SEARCHES = { action: 'search', most: 40, seconds: 60 }
/** Searches at once in this process. More would take the connections that writing needs. */
const LANES = { atOnce: 2, waiting: 60 }

/** Accepts whatever stands in an address: the page says what makes no sense. */
const Text = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]))

/** The query as it stands in an address. */
export const Asked = Type.Object({
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

type Sent = string | string[] | undefined

/** The last value of a field that was sent more than once. */
export const textOf = (sent: Sent): string => (Array.isArray(sent) ? (sent.at(-1) ?? '') : (sent ?? '')).trim()

export function questionIn(query: Record<string, Sent>): Question {
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

/** The thread to which a search is limited, if the reader may see it. */
export async function threadSearched(
  { database }: Forum,
  { member }: FastifyRequest,
  { thread: id }: Question,
): Promise<Thread | null> {
  const thread = id === null ? null : await threadById(database, id)
  return thread && maySeeThread(member, thread) ? thread : null
}

export type Ask = (
  request: FastifyRequest,
  question: Question,
  page: Parameters<typeof answerQuestion>[2],
) => Promise<Answer>

/** Answers searches a few at a time. @throws Problem 429 for somebody who asks too often, 503 when too many wait. */
export function openAsking(forum: Forum): Ask {
  const lanes = new FairQueue(LANES)
  return async (request, question, page) => {
    const who = request.member ? `member ${request.member.id}` : networkDigest(request)
    if (request.url.includes('?')) {
      const { left, seconds } = await spendReading(forum, SEARCHES, who)
      if (left < 0) throw tooMany(seconds)
    }
    return lanes.run(who, () => answerQuestion(forum, question, page))
  }
}
