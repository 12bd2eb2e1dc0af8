import { randomUUID } from 'node:crypto'
import { parse as parseQuery } from 'node:querystring'
import cookie from '@fastify/cookie'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { LogController } from 'fastify'
import { asLastKnown } from '../../views/parts/last-known.ts'
import { openCrossings } from '../forum/boards/crossings.ts'
import type { Forum } from '../forum/forum.ts'
import { openSessions } from '../forum/members/sessions/lucia.ts'
import { Cache } from '../platform/cache/cache.ts'
import { workAfterAnswers } from '../platform/http/after-sent.ts'
import { requireAnswers } from '../platform/http/answers.ts'
import type { App } from '../platform/http/app.ts'
import { serveAssets } from '../platform/http/assets.ts'
import { compressAnswers } from '../platform/http/compress-answers.ts'
import { pathAsked } from '../platform/http/connections/absolute-addresses.ts'
import { LONGEST_ADDRESS, refuseLongAddresses } from '../platform/http/connections/long-addresses.ts'
import { readRefusedBodies } from '../platform/http/connections/refused-bodies.ts'
import { endRefusedUpgrades, openServers, serveOnion } from '../platform/http/connections/servers.ts'
import { trustedProxies } from '../platform/http/connections/trusted-proxies.ts'
import type { CrowdMode } from '../platform/http/crowd-mode.ts'
import { cleanInput } from '../platform/http/forms/clean-input.ts'
import { limitLargeBodies } from '../platform/http/forms/large-bodies.ts'
import { compileValidatorsWhenNeeded } from '../platform/http/forms/lazy-validators.ts'
import { receiveBodies, SMALL_FORM } from '../platform/http/forms/receive-bodies.ts'
import { healthRoutes } from '../platform/http/health.ts'
import { answerKept, answerKeptForOthers, keepPages } from '../platform/http/kept/keep-pages.ts'
import { KEPT_PAGES } from '../platform/http/kept/kept-page.ts'
import { logKept, logRequests } from '../platform/http/logging.ts'
import { refuseOtherSites } from '../platform/http/origin-check.ts'
import { readFromReplicas } from '../platform/http/read-replicas.ts'
import { refuseOverload } from '../platform/http/refuse-overload.ts'
import { addSecurityHeaders, securityHeaders } from '../platform/http/security-headers.ts'
import { sessionCookieName } from '../platform/http/session-cookie.ts'
import { traceRequests } from '../platform/http/tracing.ts'
import { countRequests } from '../platform/metrics/count-requests.ts'
import { Metrics } from '../platform/metrics/metrics.ts'
import { metricsRoute } from '../platform/metrics/metrics-route.ts'
import { watchProcess } from '../platform/metrics/process-figures.ts'
import { adminRoutes } from './admin/admin-routes.ts'
import { apiRoutes } from './api/api.ts'
import { ASSETS } from './assets.ts'
import { boardRoutes } from './boards/board-pages.ts'
import { colourRoutes } from './colours.ts'
import { openCrowd } from './crowd.ts'
import { unsubscribeRoutes } from './digests/unsubscribe-page.ts'
import { draftRoutes } from './drafts/drafts.ts'
import { robotsRoutes } from './engines/robots.ts'
import { securityContactRoutes } from './engines/security-contact.ts'
import { sitemapRoutes } from './engines/sitemap.ts'
import { answerErrors } from './error-answers.ts'
import { feedRoutes } from './feeds/feed-routes.ts'
import { bookmarkRoutes } from './following/bookmarks.ts'
import { mutingRoutes } from './following/muting.ts'
import { readingRoutes } from './following/reading.ts'
import { subscribingRoutes } from './following/subscribing.ts'
import { subscriptionRoutes } from './following/subscriptions.ts'
import { iconRoutes } from './icons.ts'
import { answerClientError, answerUnroutable } from './invalid-requests.ts'
import { keysRoutes } from './keys/keys.ts'
import { limitRequests } from './limit-requests.ts'
import { liveRoutes } from './live/live-channel.ts'
import { accountRoutes } from './members/member-routes.ts'
import { showWhoPublishes } from './members/opened-by-another.ts'
import { recogniseMembers } from './members/recognise-members.ts'
import { rememberVisits } from './members/remember-visits.ts'
import { watchForum } from './metrics.ts'
import { countCases } from './moderation/count-cases.ts'
import { moderationRoutes } from './moderation/moderation-routes.ts'
import { notificationRoutes } from './notices/notifications.ts'
import { offlineRoutes } from './offline/offline.ts'
import { showPages } from './pages.ts'
import { openAsking } from './search/asking.ts'
import { followingSearchRoutes } from './search/following-searches.ts'
import { openSearchRoutes } from './search/open-search.ts'
import { searchRoutes } from './search/search-page.ts'
import { similarThreadRoutes } from './search/similar-threads.ts'
import { chooseWhileWriting } from './settings/choices.ts'
import { emailRoutes } from './settings/email.ts'
import { pushRoutes } from './settings/push.ts'
import { webhookRoutes } from './settings/webhooks.ts'
import { styleRoutes } from './style/style.ts'
import { textRoutes } from './texts/texts.ts'
import { postRoutes } from './threads/post-routes.ts'
import { lookUpThreads } from './threads/thread-in-address.ts'
import { threadRoutes } from './threads/thread-routes.ts'
import { tellWhatWasDone } from './told.ts'

/**
 * Builds the forum's web server: hooks for every request, in order, then the pages.
 * @param watch adds hooks before all others, on requests and answers.
 */
export async function buildApp(forum: Forum, watch?: (app: App) => void): Promise<App> {
  const { config } = forum
  const sessionCookie = sessionCookieName(config.origin)
  const cache = new Cache(forum.bus, KEPT_PAGES)
  const metrics = new Metrics()
  watchForum(metrics, forum, cache)
  const keptLog = logKept(forum.log)
  const countKept = (route: string, status: number) => {
    keptLog.count(route, status)
    metrics.answered('GET', route, status)
  }
  const headers = securityHeaders(config.origin, null)
  const trusts = trustedProxies(config.trustedProxies)
  const answerQuickly = answerKept(cache, countKept)
  const crowd = openCrowd(forum, {
    headers,
    answerAnotherLook: answerKeptForOthers(cache, countKept),
    answerAnotherLookLate: answerKeptForOthers(cache, () => {}),
    refused: () => metrics.answered('GET', null, 429),
  })
  const servers = openServers(
    { onionPort: config.onionPort, ownConnections: config.databasePool + config.mailConnections },
    trusts,
    (request, response) => answerQuickly(request, response) || crowd.refuseEarly(request, response),
    forum.log,
  )
  const app: App = Fastify({
    serverFactory: servers.factory,
    clientErrorHandler: answerClientError(headers),
    frameworkErrors: answerUnroutable(headers),
    loggerInstance: forum.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    rewriteUrl: pathAsked,
    bodyLimit: SMALL_FORM,
    trustProxy: trusts,
    routerOptions: {
      maxParamLength: LONGEST_ADDRESS,
      ignoreTrailingSlash: true,
      // Bytes that are not UTF-8 replace one character, not the whole field.
      querystringParser: (text) => parseQuery(text),
    },
    forceCloseConnections: 'idle',
    // A request that is already connected gets its answer while the server closes, or what somebody wrote would be lost.
    return503OnClosing: false,
    // On our servers, HEAD is answered as GET without a body.
    exposeHeadRoutes: false,
  }).withTypeProvider<TypeBoxTypeProvider>()

  watch?.(app)
  await traceRequests(app, config.otlpEndpoint)
  compileValidatorsWhenNeeded(app)
  requireAnswers(app)
  serveOnion(app, servers.onion)
  servers.onion.on('clientError', answerClientError(headers))
  logRequests(app)
  countRequests(app, metrics)
  workAfterAnswers(app)
  endRefusedUpgrades(app)
  readRefusedBodies(app)
  app.addHook('onClose', async () => keptLog.write())
  await app.register(cookie)
  keepPages(app, cache, {
    isSignedIn: ({ member, session, cookies }) => Boolean(member ?? session ?? cookies[sessionCookie]),
    asLastKnown: ({ page, cookies }, markup, madeAt) =>
      asLastKnown(markup, page, { madeAt, toMember: Boolean(cookies[sessionCookie]) }),
  })
  addSecurityHeaders(app, config.origin)
  refuseLongAddresses(app)
  refuseOtherSites(app, config.origin)
  receiveBodies(app)
  limitLargeBodies(app)
  compressAnswers(app)
  cleanInput(app)
  watchProcess(metrics, refuseOverload(app))
  showPages(app, forum, await serveAssets(app, ASSETS))
  tellWhatWasDone(app, forum.config.origin.startsWith('https:'))
  answerErrors(app, forum)
  iconRoutes(app, forum)
  colourRoutes(app)
  healthRoutes(app, forum)
  metricsRoute(app, metrics, config)
  await addPages(app, forum, crowd, metrics)
  return app
}

/** Adds the pages. */
async function addPages(app: App, forum: Forum, crowd: CrowdMode, metrics: Metrics): Promise<void> {
  // Hooks run in the order in which they are added. Page hooks need the member, so this one comes first.
  const sessions = openSessions(forum)
  const crossingsNow = openCrossings(forum)
  recogniseMembers(app, forum, sessions)
  countCases(app, forum)
  limitRequests(app, forum)
  crowd.limitReading(app)
  readFromReplicas(app, forum.replicas, forum.config.origin)
  rememberVisits(app, forum)
  chooseWhileWriting(app, forum)
  showWhoPublishes(app)

  accountRoutes(app, forum, sessions)
  boardRoutes(app, forum, crossingsNow)
  const ask = openAsking(forum)
  searchRoutes(app, forum, ask)
  similarThreadRoutes(app, forum)
  openSearchRoutes(app, forum)
  followingSearchRoutes(app, forum)
  readingRoutes(app, forum)
  lookUpThreads(app)
  threadRoutes(app, forum)
  postRoutes(app, forum)
  moderationRoutes(app, forum)
  subscribingRoutes(app, forum)
  mutingRoutes(app, forum)
  bookmarkRoutes(app, forum)
  subscriptionRoutes(app, forum)
  feedRoutes(app, forum, ask)
  notificationRoutes(app, forum)
  emailRoutes(app, forum)
  await unsubscribeRoutes(app, forum)
  webhookRoutes(app, forum)
  pushRoutes(app, forum)
  sitemapRoutes(app, forum)
  robotsRoutes(app, forum)
  keysRoutes(app)
  offlineRoutes(app)
  draftRoutes(app)
  textRoutes(app, forum)
  styleRoutes(app, forum)
  securityContactRoutes(app, forum)
  adminRoutes(app, forum, metrics)
  await apiRoutes(app, forum, { crossingsNow, ask })
  await liveRoutes(app, forum, metrics)
}
