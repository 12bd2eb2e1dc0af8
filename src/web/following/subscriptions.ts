import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { subscriptionsPage } from '../../../views/following/subscriptions-page.ts'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import { namedPlaces, placesOf, THREADS_PER_LIST, threadsOf } from '../../forum/following/subscription-queries.ts'
import type { Forum } from '../../forum/forum.ts'
import { automaticLevels, chooseAutomaticLevels } from '../../forum/members/automatic-levels.ts'
import { mayModerate } from '../../forum/members/permissions.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import type { Html } from '../../platform/text/html.ts'
import { AUTOMATIC_LEVELS } from '../../schema/enums.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'

const Automatic = Type.Object({ started: Type.Enum([...AUTOMATIC_LEVELS]), replied: Type.Enum([...AUTOMATIC_LEVELS]) })
const List = Type.Object({ before: Type.Optional(Id), saved: Type.Optional(Type.String()) })

type ListRequest = FastifyRequest<{ Querystring: Static<typeof List> }>

/** The page that lists all that a member follows, and what follows from writing. */
export function subscriptionRoutes(app: App, forum: Forum): void {
  const listing = { schema: { querystring: List, response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/subscriptions', listing, async (request, reply) => reply.html(await subscriptionList(forum, request)))

  const choosing = { schema: { body: Automatic, response: { 303: seeOther } }, preValidation: signedIn }
  app.post('/subscriptions', choosing, async (request, reply) => {
    await chooseAutomaticLevels(forum, memberOf(request).id, request.body)
    return reply.redirect('/subscriptions?saved=1', 303)
  })
}

async function subscriptionList(forum: Forum, request: ListRequest): Promise<Html> {
  const { database } = forum
  const member = memberOf(request)
  const { before = Number.MAX_SAFE_INTEGER, saved } = request.query
  const [catalogue, places, threads, automatic] = await Promise.all([
    boardCatalogue(forum),
    placesOf(database, member.id),
    threadsOf(database, member.id, before, mayModerate(member)),
    automaticLevels(database, member.id),
  ])
  const shown = threads.slice(0, THREADS_PER_LIST)
  return subscriptionsPage(request.page, {
    ...namedPlaces(catalogue, places),
    threads: shown,
    next: threads.length > shown.length ? String(shown.at(-1)?.id ?? '') : null,
    automatic,
    saved: saved !== undefined,
  })
}
