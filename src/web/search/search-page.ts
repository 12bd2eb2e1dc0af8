import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type SearchPage, searchPage } from '../../../views/search/search-page.ts'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import { threadById } from '../../forum/discussion/thread-queries.ts'
import type { Forum } from '../../forum/forum.ts'
import { maySeeThread } from '../../forum/members/permissions.ts'
import { type Answer, answerQuestion } from '../../forum/search/answer-question.ts'
import { readSearchCursor } from '../../forum/search/search-cursor.ts'
import type { Question } from '../../forum/search/understand.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { FairQueue } from '../../platform/rate-limits/fair-queue.ts'
import { networkDigest, takeAttempt } from '../../platform/rate-limits/rate-limits.ts'

/** A person tries some words, then others; a program that reads the forum has the lists and feeds. */
const SEARCHES = { action: 'search', most: 40, seconds: 60 }
/** Searches of this process at once: whoever posts must never wait for a connection that a search has. */
const LANES = { atOnce: 2, waiting: 60 }

/** Whatever is typed into an address gets a page: what cannot be meant is said there. */
const Text = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]))
const Query = Type.Object({
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

/** Finds what was said, whoever asks: nobody finds here what not everybody may see. */
export function searchRoutes(app: App, forum: Forum): void {
  const lanes = new FairQueue(LANES)
  const options = {
    config: { longAddress: true },
    schema: { querystring: Query, response: { 200: htmlPage, 503: htmlPage } },
  }

  app.get('/search', options, async (request, reply) => {
    const question = questionIn(request.query)
    const order = textOf(request.query.sort) === 'new' ? 'new' : 'best'
    const from = textOf(request.query.from)
    const cursor = readSearchCursor(from)
    const thread = await threadSearched(request, question)
    const asked = { ...question, thread: thread?.id ?? null }
    const who = request.member ? `member ${request.member.id}` : networkDigest(request)
    if (request.url.includes('?')) await takeAttempt(forum, SEARCHES, who)
    const answer = await lanes.run(who, () =>
      answerQuestion(forum, asked, { order, cursor, timeZone: request.page.timeZone ?? null }),
    )
    const { cities, technologies } = await boardCatalogue(forum)
    const { in: place, ...fields } = question
    const form = { ...fields, place, order, thread, cities, technologies } satisfies SearchPage['form']
    if (answer.tooSlow) reply.code(503)
    return reply.html(searchPage(request.page, { ...shownAnswer(answer, question.q), form, further: from !== '' }))
  })

  /** The thread that alone is searched, where the reader may see it. */
  async function threadSearched({ member }: FastifyRequest, { thread: id }: Question) {
    const thread = id === null ? null : await threadById(forum.database, id)
    if (!thread || !maySeeThread(member, thread)) return null
    return thread
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

function shownAnswer({ understood, ...answer }: Answer, q: string): Omit<SearchPage, 'form' | 'further'> {
  const suggestions = answer.suggestions.map((one) => ({ ...one, query: q.replace(one.word, () => one.instead) }))
  return { ...answer, suggestions, misunderstood: understood.misunderstood, cut: understood.cut }
}
