import { type SearchPage, searchPage } from '../../../views/search/search-page.ts'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import type { Forum } from '../../forum/forum.ts'
import type { Answer } from '../../forum/search/answer-question.ts'
import { readSearchCursor } from '../../forum/search/search-cursor.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { type Ask, Asked, questionIn, textOf, threadSearched } from './asking.ts'

/** Finds what was said, whoever asks: nobody finds here what not everybody may see. */
export function searchRoutes(app: App, forum: Forum, ask: Ask): void {
  const options = {
    config: { longAddress: true },
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
    const { cities, technologies } = await boardCatalogue(forum)
    const { in: place, ...fields } = question
    const form = { ...fields, place, order, thread, cities, technologies } satisfies SearchPage['form']
    if (answer.tooSlow) reply.code(503)
    return reply.html(searchPage(request.page, { ...shownAnswer(answer, question.q), form, further: from !== '' }))
  })
}

function shownAnswer({ understood, ...answer }: Answer, q: string): Omit<SearchPage, 'form' | 'further'> {
  const suggestions = answer.suggestions.map((one) => ({ ...one, query: q.replace(one.word, () => one.instead) }))
  return { ...answer, suggestions, misunderstood: understood.misunderstood, cut: understood.cut }
}
