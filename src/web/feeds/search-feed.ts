import type { FastifyRequest } from 'fastify'
import { postsAt } from '../../forum/feeds/feed-posts.ts'
import type { Forum } from '../../forum/forum.ts'
import type { Hit } from '../../forum/search/hits.ts'
import { readSearchCursor } from '../../forum/search/search-cursor.ts'
import type { Question } from '../../forum/search/understand.ts'
import { searchPath } from '../../paths.ts'
import { nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { Problem } from '../../platform/problem.ts'
import { type Ask, Asked, questionIn } from '../search/asking.ts'
import { answerFeed, unwritten } from './answer-feed.ts'
import { FORMATS, type Format } from './formats.ts'

/** A feed has the hits of this many pages. */
const PAGES = 2

/**
 * The feed of a search: its posts, newest first. Not cached, because there are endlessly many queries. It counts towards
 * the limit on searches and waits in their queue.
 */
export function searchFeed(app: App, forum: Forum, format: Format, ask: Ask): void {
  const schema = { querystring: Asked, response: { 200: FORMATS[format].answer, 304: nothing } }
  app.get(`/search.${format}`, { config: { longAddress: true, mayLag: true }, schema }, async (request, reply) => {
    const question = questionIn(request.query)
    const posts = await postsAt(forum.database, await newestHits(request, question, ask))
    const { t } = request.page
    const home = searchPath({ ...question, thread: question.thread === null ? '' : String(question.thread) })
    const source = {
      path: '/search',
      home: '/search',
      query: home.slice('/search'.length),
      title: question.q ? t('search.title_of', { q: question.q }) : t('search.title'),
      description: t('feeds.search'),
      entries: 'posts' as const,
    }
    return answerFeed(forum, request, reply, format, source, unwritten(posts))
  })
}

/** @throws Problem 503 where the search takes too long. */
async function newestHits(request: FastifyRequest, question: Question, ask: Ask): Promise<Hit[]> {
  const hits: Hit[] = []
  let cursor = readSearchCursor('')
  for (let page = 0; page < PAGES; page += 1) {
    const { found, leftOut, tooSlow } = await ask(request, question, {
      order: 'new',
      cursor,
      timeZone: null,
      wholeThreads: true,
    })
    if (tooSlow) throw new Problem(503, 'search.too_slow')
    // A partial answer would look complete in a feed reader. Only the page can say what is left out.
    if (!found || leftOut.length > 0) break
    hits.push(...found.hits)
    if (!found.next) break
    cursor = readSearchCursor(found.next)
  }
  return hits
}
