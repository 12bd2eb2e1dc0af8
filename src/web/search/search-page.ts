import { type SearchPage, searchPage } from '../../../views/search/search-page.ts'
import { type Board, boardCatalogue } from '../../forum/boards/catalogue.ts'
import type { Forum } from '../../forum/forum.ts'
import type { Answer } from '../../forum/search/answer-question.ts'
import { inOneQuery } from '../../forum/search/in-one-query.ts'
import { followedSearches } from '../../forum/search/saved-searches.ts'
import { readSearchCursor } from '../../forum/search/search-cursor.ts'
import { corrected } from '../../forum/search/suggestions.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import type { BoardKind } from '../../schema/enums.ts'
import { type Ask, Asked, questionIn, textOf, threadSearched } from './asking.ts'

/** The search page. It finds only what the reader may see. */
export function searchRoutes(app: App, forum: Forum, ask: Ask): void {
  const options = {
    config: { longAddress: true, mayLag: true },
    schema: { querystring: Asked, response: { 200: htmlPage, 503: htmlPage } },
  }

  app.get('/search', options, async (request, reply) => {
    const question = questionIn(request.query)
    const order = textOf(request.query.sort) === 'new' ? 'new' : 'best'
    const from = textOf(request.query.from)
    const cursor = readSearchCursor(from)
    const thread = await threadSearched(forum, request, question)
    const asked = { ...question, thread: thread?.id ?? null }
    const answer = await ask(request, asked, { order, cursor, timeZone: request.page.timeZone ?? null })
    const catalogue = await boardCatalogue(forum)
    const board = catalogue.withSlug(question.board)
    // Offers an archived board only while somebody searches in it.
    const offered = (kind: BoardKind, boards: readonly Board[]) =>
      board?.archived && board.kind === kind ? [...boards, board] : boards
    const query = request.member && answer.found ? inOneQuery(asked, catalogue) : null
    const followed = request.member && query ? await followedSearches(forum.database, request.member.id) : []
    const follow = query ? { query, follows: followed.includes(query) } : null
    const { in: place, ...fields } = question
    const form = {
      ...{ ...fields, place, order, thread, board: board?.slug ?? question.board },
      cities: offered('city', catalogue.cities),
      technologies: offered('technology', catalogue.technologies),
    } satisfies SearchPage['form']
    if (answer.tooSlow) reply.code(503)
    return reply.html(
      searchPage(request.page, { ...shownAnswer(answer, question.q), form, follow, further: from !== '' }),
    )
  })
}

function shownAnswer({ understood, ...answer }: Answer, q: string): Omit<SearchPage, 'form' | 'follow' | 'further'> {
  const words = answer.suggestions.map(({ word }) => word)
  const correction = words.length > 0 ? { words, query: corrected(q, answer.suggestions) } : null
  const { misunderstood, cut, unreadable, terms, nobody, notYet } = understood
  return { ...answer, correction, misunderstood, cut, unreadable, nobody, notYet, asksNothing: terms.length === 0 }
}
