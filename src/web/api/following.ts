import { Type } from 'typebox'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import { findCrossing } from '../../forum/boards/find-board.ts'
import { findThread } from '../../forum/discussion/find-thread.ts'
import { subscribeToBoard, subscribeToCrossing, subscribeToThread } from '../../forum/following/subscribe.ts'
import { readSubscriptionsPage } from '../../forum/following/subscriptions-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { chooseAutomaticLevels } from '../../forum/members/automatic-levels.ts'
import { followedSearches, followSearch } from '../../forum/search/saved-searches.ts'
import { LONGEST_QUERY } from '../../limits.ts'
import { boardPath, crossingPath, threadPath } from '../../paths.ts'
import { json } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { AUTOMATIC_LEVELS } from '../../schema/enums.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id, Slug } from '../shapes.ts'
import { needs } from './access.ts'
import { gathered, LINK, Limit, linkNext } from './lists.ts'
import { Level } from './shapes.ts'

const Subscribe = Type.Object({ level: Level })
const subscribed = { 200: json(Subscribe) }

const Automatic = Type.Object(
  { started: Type.Enum([...AUTOMATIC_LEVELS]), replied: Type.Enum([...AUTOMATIC_LEVELS]) },
  { title: 'AutomaticLevels', description: 'How you are subscribed to threads that you start, and that you reply to' },
)

const Subscription = Type.Object(
  {
    to: Type.Enum(['board', 'crossing', 'thread']),
    level: Level,
    url: Type.String(),
    boards: Type.Optional(Type.Array(Type.String(), { description: 'The board; of a crossing, city and technology' })),
    thread: Type.Optional(Type.Integer()),
    title: Type.Optional(Type.String()),
  },
  { title: 'Subscription' },
)

export function followingRoutes(api: App, forum: Forum): void {
  const Lists = Type.Object({ before: Type.Optional(Id), limit: Limit })
  const Subscriptions = Type.Object({
    items: Type.Array(Subscription),
    searches: Type.Array(Type.String(), { description: 'Searches that you follow, as they were typed' }),
    automatic: Automatic,
  })
  const listing = {
    config: needs('read', 'list_subscriptions'),
    schema: { querystring: Lists, response: { 200: { ...json(Subscriptions), headers: LINK } } },
  }
  api.get('/subscriptions', listing, async (request, reply) => {
    const member = memberOf(request)
    const { before, limit } = request.query
    const [{ boards, crossings, items: threads, automatic, next }, searches] = await Promise.all([
      gathered(limit, before && String(before), async (from, most) => {
        const page = await readSubscriptionsPage(forum, member, from === undefined ? undefined : Number(from), most)
        return { ...page, items: page.threads }
      }),
      followedSearches(forum.database, member.id),
    ])
    linkNext(request, reply, 'before', next)
    const inPlaces = [
      ...boards.map(({ board, level }) => ({
        to: 'board' as const,
        level,
        url: boardPath(board),
        boards: [board.slug],
      })),
      ...crossings.map(({ city, technology, level }) => ({
        to: 'crossing' as const,
        level,
        url: crossingPath(city, technology),
        boards: [city.slug, technology.slug],
      })),
    ]
    const inThreads = threads.map((thread) => ({
      to: 'thread' as const,
      level: thread.level,
      url: threadPath(thread),
      thread: thread.id,
      title: thread.title,
    }))
    return { items: [...(before ? [] : inPlaces), ...inThreads], searches, automatic }
  })

  const choosing = {
    config: needs('write', 'choose_levels'),
    schema: { body: Automatic, response: { 200: json(Automatic) } },
  }
  api.post('/subscriptions', choosing, async (request) => {
    const { started, replied } = request.body
    await chooseAutomaticLevels(forum, memberOf(request).id, { started, replied })
    return { started, replied }
  })

  const toBoard = {
    config: needs('write', 'follow_board'),
    schema: { params: Type.Object({ slug: Slug }), body: Subscribe, response: subscribed },
  }
  api.post('/boards/:slug/subscription', toBoard, async (request) => {
    const board = (await boardCatalogue(forum)).withSlug(request.params.slug)
    if (!board) throw notFound('boards.not_found')
    const { level } = request.body
    await subscribeToBoard(forum, memberOf(request).id, board.id, level)
    return { level }
  })

  const toCrossing = {
    config: needs('write', 'follow_crossing'),
    schema: { params: Type.Object({ slug: Slug, technology: Slug }), body: Subscribe, response: subscribed },
  }
  api.post('/cities/:slug/:technology/subscription', toCrossing, async (request) => {
    const { city, technology } = await findCrossing(forum, request.params.slug, request.params.technology)
    const { level } = request.body
    const place = { cityId: city.id, technologyId: technology.id }
    await subscribeToCrossing(forum, memberOf(request).id, place, level)
    return { level }
  })

  const toThread = {
    config: needs('write', 'follow_thread'),
    schema: { params: Type.Object({ id: Id }), body: Subscribe, response: subscribed },
  }
  api.post('/threads/:id/subscription', toThread, async (request) => {
    const member = memberOf(request)
    const thread = await findThread(forum, request.params.id, member)
    const { level } = request.body
    await subscribeToThread(forum, member.id, thread.id, level)
    return { level }
  })

  const Search = Type.Object({
    q: Type.String({ minLength: 1, maxLength: LONGEST_QUERY }),
    level: Type.Enum(['following', 'none']),
  })
  const toSearch = {
    config: needs('write', 'follow_search'),
    schema: { body: Search, response: { 200: json(Search) } },
  }
  api.post('/search/subscription', toSearch, async (request) => {
    const { level } = request.body
    const q = request.body.q.trim()
    await followSearch(forum, memberOf(request).id, q, level === 'following')
    return { q, level }
  })
}
