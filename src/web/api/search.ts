import { type Static, Type } from 'typebox'
import type { Hit as FoundHit } from '../../forum/search/search.ts'
import { postPath } from '../../paths.ts'
import { json } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { Problem } from '../../platform/problem.ts'
import { type Ask, type Asked, SearchQuery, suggested } from '../search/ask.ts'
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
    author: Type.String(),
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
  suggestions: Type.Array(Type.Object({ word: Type.String(), instead: Type.String(), query: Type.String() })),
  misunderstood: Type.Array(Type.Object({ field: Type.String(), value: Type.String(), as_words: Type.Boolean() })),
  boards: Type.Array(Type.String(), { description: 'Boards that are called like what is searched for' }),
  members: Type.Array(Type.String(), { description: 'Members that are' }),
})

/** Search, in the same words and with the same fields as on the page. */
export function searchRoutes(api: App, ask: Ask): void {
  const searching = {
    config: { ...open('search'), longAddress: true },
    schema: {
      querystring: Type.Object({ ...SearchQuery.properties, limit: Limit }),
      response: { 200: { ...json(Hits), headers: LINK } },
    },
  }
  api.get('/search', searching, async (request, reply) => {
    const { limit, ...query } = request.query
    const asked = await ask(request, query, limit)
    if (asked.answer.tooSlow) throw new Problem(503, 'search.too_slow')
    linkNext(request, reply, 'from', asked.answer.found?.next ?? null)
    return asJson(asked)
  })
}

function asJson({ answer, question }: Asked): Static<typeof Hits> {
  const { found, order, leftOut, understood, boards, members } = answer
  return {
    items: (found?.hits ?? []).map(hitAsJson),
    count: found?.count ?? 0,
    about: found?.about ?? false,
    order,
    left_out: leftOut,
    suggestions: suggested(answer, question),
    misunderstood: understood.misunderstood.map(({ field, value, asWords }) => ({ field, value, as_words: asWords })),
    boards: boards.map(({ slug }) => slug),
    members,
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
