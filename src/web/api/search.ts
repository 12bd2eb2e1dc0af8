import { type Static, Type } from 'typebox'
import type { Forum } from '../../forum/forum.ts'
import type { Answer } from '../../forum/search/answer-question.ts'
import type { Hit as FoundHit } from '../../forum/search/hits.ts'
import { readSearchCursor } from '../../forum/search/search-cursor.ts'
import { postPath } from '../../paths.ts'
import { json } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { Problem } from '../../platform/problem.ts'
import { type Ask, Asked, questionIn, textOf, threadSearched } from '../search/asking.ts'
import { open } from './access.ts'
import { LINK, Limit, linkNext } from './lists.ts'
import { Moment, nullable } from './shapes.ts'

const Piece = Type.Object({ text: Type.String(), marked: Type.Boolean() }, { title: 'Piece' })

const Hit = Type.Object(
  {
    hit: Type.Enum(['thread', 'post']),
    id: Type.Integer({ description: 'Of the thread or post' }),
    thread: Type.Integer(),
    number: Type.Integer(),
    url: Type.String(),
    title: Type.String(),
    excerpt: Type.Array(Piece, { description: 'Marked where it is one of the words that were asked for' }),
    language: Type.String(),
    author: nullable(Type.String()),
    boards: Type.Array(Type.String()),
    created_at: Moment,
    of_thread: nullable(Type.Integer({ description: 'With the last hit of a thread: how many there are in all' })),
  },
  { title: 'Hit' },
)

const Hits = Type.Object({
  items: Type.Array(Hit),
  count: Type.Integer(),
  about: Type.Boolean({ description: 'The count is an estimate' }),
  order: Type.Enum(['best', 'new']),
  left_out: Type.Array(Type.String(), { description: 'Words without which it was searched' }),
  suggestions: Type.Array(Type.Object({ word: Type.String(), instead: Type.String() })),
  misunderstood: Type.Array(Type.Object({ field: Type.String(), value: Type.String(), as_words: Type.Boolean() })),
  boards: Type.Array(Type.String(), { description: 'Boards that are called like what is searched for' }),
  members: Type.Array(Type.String(), { description: 'Members that are' }),
  nobody: nullable(Type.String({ description: 'The author that was asked for, where no member is called so' })),
  not_yet: nullable(
    Type.Enum(['files', 'documents', 'dossiers'], { description: 'What alone was asked for, and is not there yet' }),
  ),
})

/** Search with the same words and fields as on the page. */
export function searchRoutes(api: App, forum: Forum, ask: Ask): void {
  const searching = {
    config: { ...open('search'), longAddress: true },
    schema: {
      querystring: Type.Object({ ...Asked.properties, limit: Limit }),
      response: { 200: { ...json(Hits), headers: LINK } },
    },
  }
  api.get('/search', searching, async (request, reply) => {
    const { limit, ...query } = request.query
    const question = questionIn(query)
    const thread = await threadSearched(forum, request, question)
    const asked = { ...question, thread: thread?.id ?? null }
    const order = textOf(query.sort) === 'new' ? 'new' : 'best'
    const cursor = readSearchCursor(textOf(query.from))
    const timeZone = request.page.timeZone ?? null
    const answer = await ask(request, asked, { order, cursor, timeZone, most: limit })
    if (answer.tooSlow) throw new Problem(503, 'search.too_slow')
    linkNext(request, reply, 'from', answer.found?.next ?? null)
    return asJson(answer)
  })
}

function asJson(answer: Answer): Static<typeof Hits> {
  const { found, order, leftOut, suggestions, understood, boards, members } = answer
  return {
    items: (found?.hits ?? []).map(hitAsJson),
    count: found?.count ?? 0,
    about: found?.about ?? false,
    order,
    left_out: leftOut,
    suggestions,
    misunderstood: understood.misunderstood.map(({ field, value, asWords }) => ({ field, value, as_words: asWords })),
    boards: boards.map(({ slug }) => slug),
    members,
    nobody: understood.nobody,
    not_yet: understood.notYet,
  }
}

function hitAsJson({ kind, title, boards, postedAt, ofThread, thread, ...hit }: FoundHit): Static<typeof Hit> {
  const { id, number, excerpt, language, author } = hit
  return {
    ...{ hit: kind, id, thread: thread.id, number, excerpt, language, author },
    url: postPath(thread, number),
    title: title.map(({ text }) => text).join(''),
    boards: boards.map(({ slug }) => slug),
    created_at: postedAt.toISOString(),
    of_thread: ofThread,
  }
}
