import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import { findCrossing } from '../../forum/boards/find-board.ts'
import { subscribeToBoard, subscribeToCrossing, subscribeToThread } from '../../forum/following/subscribe.ts'
import type { Forum } from '../../forum/forum.ts'
import { boardPath, crossingPath, threadPath } from '../../paths.ts'
import { seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { ownPathOr } from '../../platform/http/forms/kept-form.ts'
import { notFound } from '../../platform/problem.ts'
import { worded } from '../../platform/text/i18n/worded.ts'
import { LEVELS } from '../../schema/enums.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id, Next, Slug } from '../shapes.ts'
import { seesThread, threadOf } from '../threads/thread-in-address.ts'

const Subscribe = Type.Object({ level: Type.Enum([...LEVELS, 'none']), next: Next })

const response = { 303: seeOther }

/** Changes a member's level for boards, crossings and threads. */
export function subscribingRoutes(app: App, forum: Forum): void {
  const board = { params: Type.Object({ slug: Slug }), body: Subscribe, response }
  app.post('/boards/:slug/subscription', { schema: board, preValidation: signedIn }, async (request, reply) => {
    const found = (await boardCatalogue(forum)).withSlug(request.params.slug)
    if (!found) throw notFound('boards.not_found')
    await subscribeToBoard(forum, memberOf(request).id, found.id, request.body.level)
    return back(request, reply, boardPath(found), worded(found.name, request.page.language))
  })

  const crossing = { params: Type.Object({ slug: Slug, technology: Slug }), body: Subscribe, response }
  app.post(
    '/cities/:slug/:technology/subscription',
    { schema: crossing, preValidation: signedIn },
    async (request, reply) => {
      const { city, technology } = await findCrossing(forum, request.params.slug, request.params.technology)
      const place = { cityId: city.id, technologyId: technology.id }
      await subscribeToCrossing(forum, memberOf(request).id, place, request.body.level)
      const name = `${worded(city.name, request.page.language)} × ${worded(technology.name, request.page.language)}`
      return back(request, reply, crossingPath(city, technology), name)
    },
  )

  const thread = { params: Type.Object({ id: Id }), body: Subscribe, response }
  const followed = { schema: thread, preValidation: signedIn, preHandler: seesThread(forum) }
  app.post('/threads/:id/subscription', followed, async (request, reply) => {
    const found = threadOf(request)
    await subscribeToThread(forum, memberOf(request).id, found.id, request.body.level)
    return back(request, reply, threadPath(found), found.title)
  })
}

const back = (
  request: FastifyRequest<{ Body: Static<typeof Subscribe> }>,
  reply: FastifyReply,
  path: string,
  name: string,
) =>
  reply.tell({ key: `done.${request.body.level}`, values: { name } }).redirect(ownPathOr(request.body.next, path), 303)
