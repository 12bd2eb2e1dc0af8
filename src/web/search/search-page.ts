import { type SearchPage, searchPage } from '../../../views/search/search-page.ts'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import type { Forum } from '../../forum/forum.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { type Ask, type Asked, SearchQuery, suggested } from './ask.ts'

/** Finds what was said, whoever asks: nobody finds here what not everybody may see. */
export function searchRoutes(app: App, forum: Forum, ask: Ask): void {
  const options = {
    config: { longAddress: true },
    schema: { querystring: SearchQuery, response: { 200: htmlPage, 503: htmlPage } },
  }
  app.get('/search', options, async (request, reply) => {
    const asked = await ask(request, request.query)
    const { order, thread, further } = asked
    const { cities, technologies } = await boardCatalogue(forum)
    const { in: place, ...fields } = asked.question
    const form = { ...fields, place, order, thread, cities, technologies } satisfies SearchPage['form']
    if (asked.answer.tooSlow) reply.code(503)
    return reply.html(searchPage(request.page, { ...shownAnswer(asked), form, further }))
  })
}

function shownAnswer({ answer, question }: Asked): Omit<SearchPage, 'form' | 'further'> {
  const { understood, ...shown } = answer
  const { misunderstood, cut } = understood
  return { ...shown, suggestions: suggested(answer, question), misunderstood, cut }
}
