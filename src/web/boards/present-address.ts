import type { FastifyReply, FastifyRequest } from 'fastify'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import type { Forum } from '../../forum/forum.ts'

/**
 * A `preHandler` for pages, feeds and API routes of a board or a crossing. Redirects a board's former slug, and the slug
 * of a board that was merged into another, to the same page of the present board.
 */
export const atPresentAddress = (forum: Forum) => async (request: FastifyRequest, reply: FastifyReply) => {
  const { withSlug } = await boardCatalogue(forum)
  const slugs = Object.values(Object(request.params)).map(String)
  const now = slugs.map((slug) => withSlug(slug)?.slug ?? slug)
  if (slugs.every((slug, place) => slug === now[place])) return
  const [path = '', query] = request.url.split('?', 2)
  // The slugs come last, before the ending of a feed.
  const before = path.split('/').slice(0, -slugs.length)
  const ending = /\.[a-z]+$/.exec(path)?.[0] ?? ''
  return reply.redirect([...before, ...now].join('/') + ending + (query ? `?${query}` : ''), 301)
}
