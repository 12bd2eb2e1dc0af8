import type { FastifyReply, FastifyRequest } from 'fastify'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import type { Forum } from '../../forum/forum.ts'

/**
 * A `preHandler` of pages, feeds and answers to programs about a board or a crossing: whoever comes by a slug that a board had, or by one
 * that is part of another now, is led to the same page there.
 */
export const atPresentAddress = (forum: Forum) => async (request: FastifyRequest, reply: FastifyReply) => {
  const { withSlug } = await boardCatalogue(forum)
  const slugs = Object.values(Object(request.params)).map(String)
  const now = slugs.map((slug) => withSlug(slug)?.slug ?? slug)
  if (slugs.every((slug, place) => slug === now[place])) return
  const [path = '', query] = request.url.split('?', 2)
  // The slugs stand last; behind them the ending of a feed.
  const before = path.split('/').slice(0, -slugs.length)
  const ending = /\.[a-z]+$/.exec(path)?.[0] ?? ''
  return reply.redirect([...before, ...now].join('/') + ending + (query ? `?${query}` : ''), 301)
}
