import type { RouteOptions } from 'fastify'
import type { Crossings } from '../../forum/boards/crossings.ts'
import type { Forum } from '../../forum/forum.ts'
import { problemDetails } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { isDearJson } from '../../platform/http/forms/receive-bodies.ts'
import { notFound, Problem } from '../../platform/problem.ts'
import type { Ask } from '../search/asking.ts'
import { admitByToken } from './access.ts'
import { administrationRoutes } from './administration.ts'
import { askingModeratorsRoutes } from './asking-moderators.ts'
import { boardRoutes } from './boards.ts'
import { bookmarkRoutes } from './bookmarks.ts'
import { caseRoutes } from './cases.ts'
import { documentRoutes } from './docs.ts'
import { flagRoutes } from './flags.ts'
import { followingRoutes } from './following.ts'
import { forumSettingRoutes } from './forum-settings.ts'
import { memberRoutes } from './members.ts'
import { moderatingMembersRoutes } from './moderating-members.ts'
import { moderationRoutes } from './moderation.ts'
import { notificationRoutes } from './notifications.ts'
import { ownAccountRoutes } from './own-account.ts'
import { postRoutes } from './posts.ts'
import { runningTheForumRoutes } from './running-the-forum.ts'
import { searchRoutes } from './search.ts'
import { openThreadAlone } from './thread-alone.ts'
import { threadRoutes } from './threads.ts'
import { webhookRoutes } from './webhooks.ts'

const PREFIX = '/api/v1'

/** Unknown paths below /api get a JSON answer too, never a page. */
const ELSEWHERE = {
  config: { forPrograms: true, byToken: true, fromAnySite: true },
  schema: { response: { 404: problemDetails } },
}

/** What the pages and the API both use. */
interface Shared {
  crossingsNow: () => Promise<Crossings>
  ask: Ask
}

/** The JSON API: the same verbs as on the pages, with the same permissions. */
export async function apiRoutes(app: App, forum: Forum, { crossingsNow, ask }: Shared): Promise<void> {
  const routes: RouteOptions[] = []
  const threadAlone = openThreadAlone(forum)

  const addRoutes = (api: App, _options: object, done: () => void) => {
    receiveJson(api)
    admitByToken(api, forum)
    api.addHook('onRoute', (route) => {
      if (route.config?.operation) routes.push({ ...route })
    })
    threadRoutes(api, forum, threadAlone)
    postRoutes(api, forum)
    boardRoutes(api, forum, crossingsNow)
    searchRoutes(api, forum, ask)
    followingRoutes(api, forum)
    bookmarkRoutes(api, forum)
    notificationRoutes(api, forum)
    memberRoutes(api, forum)
    moderationRoutes(api, forum, threadAlone)
    flagRoutes(api, forum)
    caseRoutes(api, forum)
    moderatingMembersRoutes(api, forum)
    askingModeratorsRoutes(api, forum)
    ownAccountRoutes(api, forum)
    webhookRoutes(api, forum)
    administrationRoutes(api, forum)
    forumSettingRoutes(api, forum)
    runningTheForumRoutes(api, forum)
    for (const path of ['/', '/*']) api.all(path, ELSEWHERE, () => Promise.reject(notFound()))
    done()
  }
  await app.register(addRoutes, { prefix: PREFIX })
  documentRoutes(app, routes)
}

/** Takes JSON only. An empty body with the JSON type counts as no body. */
function receiveJson(api: App): void {
  const parseJson = api.getDefaultJsonParser('error', 'error')
  api.removeAllContentTypeParsers()
  api.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.trim() === '') done(null, undefined)
    else if (isDearJson(body)) done(new Problem(413, 'errors.too_many_fields'))
    else void parseJson(request, body, done)
  })
  api.addHook('preValidation', async (request) => {
    if (request.routeOptions.schema?.body) request.body ??= {}
  })
}
