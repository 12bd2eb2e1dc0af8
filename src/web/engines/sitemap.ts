import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { sitemap, sitemapIndex } from '../../../views/engines/sitemap.ts'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import { openCrossings } from '../../forum/boards/crossings.ts'
import { partsOfThreads, threadsInPart } from '../../forum/discussion/thread-ranges.ts'
import type { Forum } from '../../forum/forum.ts'
import { forumSettings, PAGE_TEXTS } from '../../forum/settings.ts'
import { boardPath, crossingPath, threadPath } from '../../paths.ts'
import type { App } from '../../platform/http/app.ts'
import { originFor } from '../../platform/http/asked-origin.ts'
import { notFound } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'

const response = { 200: { description: 'A sitemap', content: { 'application/xml': { schema: Type.String() } } } }
const forAll = { sameForAll: true }
const Part = Type.Object({ part: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }) })

/** The sitemap: an index of parts, each read by a walk along the threads' ids. Lists only what everybody may read. */
export function sitemapRoutes(app: App, forum: Forum): void {
  const { database, config } = forum
  const crossingsNow = openCrossings(forum)

  /** @throws Problem 404 when an admin wants no search engine. */
  async function mustBeListed(): Promise<void> {
    if (!(await forumSettings(forum)).search_engines) throw notFound()
  }

  app.get(
    '/sitemap.xml',
    { schema: { response }, config: forAll, preHandler: mustBeListed },
    async (request, reply) => {
      const parts = Array.from({ length: await partsOfThreads(database) }, (_, index) => `threads-${index + 1}`)
      const origin = originFor(request, config.origin)
      const addresses = ['boards', ...parts].map((name) => `${origin}/sitemap/${name}.xml`)
      return sendXml(reply, sitemapIndex(addresses))
    },
  )

  app.get(
    '/sitemap/boards.xml',
    { schema: { response }, config: forAll, preHandler: mustBeListed },
    async (request, reply) => {
      const [catalogue, crossings] = await Promise.all([boardCatalogue(forum), crossingsNow()])
      const boards = [...catalogue.cities, ...catalogue.technologies].map(boardPath)
      const crossed = crossings.all.flatMap(({ cityId, technologyId, activeAt }) => {
        const [city, technology] = [catalogue.withId(cityId), catalogue.withId(technologyId)]
        return city && technology ? [{ path: crossingPath(city, technology), changedAt: activeAt }] : []
      })
      const texts = PAGE_TEXTS.map((name) => `/${name}`)
      const pages = ['/', '/cities', '/technologies', '/threads', ...texts, ...boards]
      const unchanged = pages.map((path) => ({ path, changedAt: null }))
      return sendXml(reply, sitemap([...unchanged, ...crossed].map(addressed(request))))
    },
  )

  const part = { schema: { params: Part, response }, config: forAll, preHandler: mustBeListed }
  app.get('/sitemap/threads-:part.xml', part, async (request, reply) => {
    const threads = await threadsInPart(database, request.params.part)
    if (threads.length === 0) throw notFound()
    const pages = threads.map((thread) => ({ path: threadPath(thread), changedAt: thread.lastPostAt }))
    return sendXml(reply, sitemap(pages.map(addressed(request))))
  })

  const addressed = (request: FastifyRequest) => {
    const origin = originFor(request, config.origin)
    return ({ path, changedAt }: { path: string; changedAt: Date | null }) => ({ address: origin + path, changedAt })
  }
}

const sendXml = (reply: FastifyReply, xml: Html): FastifyReply =>
  reply.type('application/xml; charset=utf-8').header('cache-control', 'no-cache').send(xml.toString())
