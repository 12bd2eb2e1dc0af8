import type { RouteOptions } from 'fastify'
import t from 'tap'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { slugOf } from '../../src/forum/discussion/slug.ts'
import { startForum } from '../support/forum.ts'
import { routesOf } from '../support/routes.ts'

/**
 * The public contract, as far as it exists: each address with what it takes in its query and its form, and the statuses
 * it answers when all goes well. People link to these and script against them, so a line changes only on purpose.
 */
const CONTRACT = `
GET / → 200
GET /about → 200
GET /rules → 200
GET /help → 200
GET /contact → 200
GET /.well-known/security.txt → 200
GET /admin → 200
GET /admin/boards → 200
GET /admin/jobs → 200
GET /admin/members ?q ?role ?state ?before → 200
GET /admin/outbox ?before → 200
GET /admin/settings ?saved → 200
GET /appeal → 200
GET /admin/status → 200
GET /cities → 200
GET /cities/:slug ?before ?sort → 200 301
GET /cities/:slug.atom → 200 301 304
GET /cities/:slug.json → 200 301 304
GET /cities/:slug/:technology ?before → 200 301
GET /cities/:slug/:technology.atom → 200 301 304
GET /cities/:slug/:technology.json → 200 301 304
GET /healthz → 200
GET /live ?thread ?after ?change ?locked → 101
GET /invitations → 200
GET /keys → 200
GET /offline → 200
GET /service-worker.js → 200
GET /legal → 200
GET /login ?next ?reset → 200 303
GET /login/again ?next → 200 303
GET /login/code ?next → 200 303
GET /members/:username ?before ?show → 200 301
GET /members/:username.atom → 200 301 304
GET /members/:username.json → 200 301 304
GET /metrics → 200
GET /moderation ?after → 200
GET /moderation/cases/:id → 200
GET /moderation/log ?member ?thread ?kind ?before → 200
GET /notifications ?before → 200
GET /bookmarks ?before → 200
GET /drafts → 200
GET /posts/:id/edit → 200
GET /posts/:id/flag → 200
GET /posts/:id/history ?version ?before → 200
GET /posts/:id/move → 200
GET /privacy → 200
GET /readyz → 200
GET /register ?next ?setup ?invitation → 200 303
GET /report ?about → 200
GET /report/:code → 200
GET /robots.txt → 200
GET /sitemap.xml → 200
GET /search.atom ?q ?board ?author ?after ?before ?in ?sort ?lang ?has ?thread ?from → 200 304
GET /search.json ?q ?board ?author ?after ?before ?in ?sort ?lang ?has ?thread ?from → 200 304
GET /search ?q ?board ?author ?after ?before ?in ?sort ?lang ?has ?thread ?from → 200
GET /settings ?saved → 200
GET /settings/data → 200
GET /settings/data/export → 200
GET /settings/data/left → 200
GET /settings/email ?done → 200
GET /settings/security ?saved → 200
GET /settings/security/totp → 200
GET /api/docs → 200
GET /api/openapi.json → 200
GET /settings/tokens ?revoked → 200
GET /settings/webhooks → 200
GET /settings/webhooks/:id ?before → 200
GET /subscriptions ?before ?saved → 200
GET /subscriptions.opml → 200
GET /technologies → 200
GET /technologies/:slug ?before ?sort → 200 301
GET /technologies/:slug.atom → 200 301 304
GET /technologies/:slug.json → 200 301 304
GET /threads ?before ?sort ?show → 200
GET /threads/:id/:slug ?page ?reply_to ?quote → 200 301
GET /threads/:id.atom → 200 301 304
GET /threads/:id.json → 200 301 304
GET /threads/:id.md → 200 301 304
GET /threads/:id.txt → 200 301 304
GET /threads/:id/move → 200 301
GET /threads/:id/posts/:number → 301 302
GET /threads.atom → 200 304
GET /threads.json → 200 304
GET /threads/new ?board → 200
GET /transparency → 200
GET /unsubscribe/:token → 200
POST /admin/boards kind slug name_fr name_en summary_fr summary_en latitude longitude position → 303
POST /admin/settings name tagline_fr tagline_en welcome_fr welcome_en about_fr about_en rules_fr rules_en help_fr help_en contact_fr contact_en legal_fr legal_en privacy_fr privacy_en registration approve_first_posts fetch_links newcomer_days newcomer_posts newcomer_links newcomer_mentions newcomer_threads suspect_points blocked_words newcomers_read_only_hours staff_second_factor search_engines languages digest_rhythm digest_hour signal languages_asked → 303
POST /appeal body → 303
POST /boards/:slug/subscription level next → 303
POST /invitations → 200
POST /login username password next kept_form → 200 303
POST /login/again password next kept_form → 200 303
POST /login/code code next kept_form → 200 303
POST /login/passkey response next kept_form → 200 303
POST /login/passkey/options → 200
POST /logout → 303
POST /members/:username/ban days → 303
POST /members/:username/lift → 303
POST /members/:username/mute → 303
POST /members/:username/purge hours → 303
POST /members/:username/silence days → 303
POST /members/:username/unmute → 303
POST /members/:username/unpurge → 303
POST /members/:username/warn days → 303
POST /moderation/cases/:id decision statement version → 303
POST /moderation/cases/:id/claim → 303
POST /moderation/cases/:id/notes body → 303
POST /notifications/read id up_to account_id account_up_to → 303
GET /threads/similar ?title → 200
POST /posts/:id/bookmark keep note next → 303
POST /posts/:id/delete → 303
POST /posts/:id/edit title body language version preview → 200 201 303
POST /posts/:id/flag reason note → 303
POST /posts/:id/hide → 303
POST /posts/:id/move numbers numbers_asked to title → 303
POST /posts/:id/restore → 303
POST /posts/:id/show → 303
POST /posts/:id/useful useful → 200 303
POST /preview body thread language → 200
POST /register username password email city next setup reason invitation website shown kept_form → 200 303
POST /search/subscription q level next → 303
POST /report url reason explanation name email good_faith website shown → 303
POST /settings language theme biography listed time_zone unread_since next → 200 303
POST /settings/data/export password export_password → 303
POST /settings/data/import settings → 303
POST /settings/data/leave password posts → 303
POST /settings/email action email password remove_password rhythm weekday hour time_zone notify_by_mail → 200 303
POST /settings/security action current_password new_password password session → 303
POST /settings/push address → 204
POST /settings/push/:id/remove → 303
POST /settings/security/passkeys name response → 303
POST /settings/security/passkeys/:id/remove → 303
POST /settings/security/passkeys/options → 200
POST /settings/security/totp code password → 200
POST /settings/security/totp/codes password codes_password → 200 303
POST /settings/security/totp/off password off_password → 303
POST /settings/tokens name scopes expires_on → 200
POST /settings/tokens/:id/revoke → 303
POST /settings/webhooks url events city technology → 200
POST /settings/webhooks/:id/deliveries/:delivery/again → 303
POST /settings/webhooks/:id/on → 303
POST /settings/webhooks/:id/remove → 303
POST /threads title body boards request_id preview → 200 201 303
POST /threads/:id/lock → 303
POST /threads/:id/merge into → 303
POST /threads/:id/move boards → 303
POST /threads/:id/pin board → 303
POST /threads/:id/remove → 303
POST /threads/:id/replies body reply_to request_id preview → 200 201 303
POST /threads/:id/restore → 303
POST /threads/:id/subscription level next → 303
POST /threads/:id/unlock → 303
POST /threads/:id/unpin board → 303
POST /unsubscribe/:token undo → 200
`

/** What programs do: the pages' addresses and field names, in JSON. */
const API = `
DELETE /api/v1/posts/:id reason → 204
GET /api/v1/cities → 200
GET /api/v1/cities/:slug ?sort ?before ?limit → 200 301
GET /api/v1/cities/:slug/:technology ?before ?limit → 200 301
GET /api/v1/members/:username ?before ?limit → 200
GET /api/v1/moderation ?after ?limit → 200
GET /api/v1/moderation/cases/:id → 200
GET /api/v1/moderation/log ?member ?thread ?kind ?before ?limit → 200
GET /api/v1/notifications ?before ?limit → 200
GET /api/v1/posts/:id → 200
GET /api/v1/posts/:id/history ?version ?before ?limit → 200
GET /api/v1/search ?q ?board ?author ?after ?before ?in ?sort ?lang ?has ?thread ?from ?limit → 200
GET /api/v1/settings → 200
GET /api/v1/subscriptions ?before ?limit → 200
GET /api/v1/technologies → 200
GET /api/v1/technologies/:slug ?sort ?before ?limit → 200 301
GET /api/v1/threads ?sort ?show ?before ?limit → 200
GET /api/v1/threads/:id → 200 301
GET /api/v1/threads/:id/posts ?after ?limit → 200 301
PATCH /api/v1/posts/:id title body language version → 200
PATCH /api/v1/settings language theme biography listed time_zone unread_since → 200
POST /api/v1/boards/:slug/read → 204
POST /api/v1/boards/:slug/subscription level → 200
POST /api/v1/cities/:slug/:technology/subscription level → 200
POST /api/v1/members/:username/ban reason days → 204
POST /api/v1/members/:username/lift reason → 204
POST /api/v1/members/:username/silence reason days → 204
POST /api/v1/members/:username/warn reason days → 204
POST /api/v1/moderation/cases/:id decision statement version → 200
POST /api/v1/moderation/cases/:id/claim → 200
POST /api/v1/moderation/cases/:id/notes body → 201
POST /api/v1/notifications/read id up_to account_id account_up_to → 204
POST /api/v1/posts/:id/flag reason note → 204
POST /api/v1/posts/:id/useful useful → 200
POST /api/v1/posts/:id/hide reason → 200
POST /api/v1/posts/:id/restore → 200
POST /api/v1/posts/:id/show reason → 200
POST /api/v1/preview body thread → 200
POST /api/v1/subscriptions started replied → 200
POST /api/v1/threads title body boards request_id → 201 202
POST /api/v1/threads/:id/lock reason → 200
POST /api/v1/threads/:id/move boards reason → 200
POST /api/v1/threads/:id/pin board reason → 200
POST /api/v1/threads/:id/unpin board reason → 200
POST /api/v1/threads/:id/merge into reason → 200
POST /api/v1/posts/:id/move numbers to title reason → 200
POST /api/v1/search/subscription q level → 200
POST /api/v1/threads/:id/read number → 204
POST /api/v1/threads/:id/remove reason → 200
POST /api/v1/threads/:id/replies body reply_to request_id → 201 202
POST /api/v1/threads/:id/restore reason → 200
POST /api/v1/threads/:id/subscription level → 200
POST /api/v1/threads/:id/unlock reason → 200
GET /api/v1/admin/boards → 200
GET /api/v1/admin/jobs → 200
GET /api/v1/admin/members ?q ?role ?state ?before ?limit → 200
GET /api/v1/admin/settings → 200
GET /api/v1/invitations → 200
GET /api/v1/settings/email → 200
GET /api/v1/settings/tokens → 200
GET /api/v1/settings/webhooks → 200
GET /api/v1/settings/webhooks/:id → 200
GET /api/v1/settings/webhooks/:id/deliveries ?before ?limit → 200
PATCH /api/v1/admin/boards/:slug kind slug name_fr name_en summary_fr summary_en latitude longitude position → 200
PATCH /api/v1/admin/settings name tagline_fr tagline_en welcome_fr welcome_en about_fr about_en rules_fr rules_en help_fr help_en contact_fr contact_en legal_fr legal_en privacy_fr privacy_en registration approve_first_posts fetch_links newcomer_days newcomer_posts newcomer_links newcomer_mentions newcomer_threads suspect_points blocked_words newcomers_read_only_hours staff_second_factor search_engines languages digest_rhythm digest_hour signal → 200
PATCH /api/v1/settings/email rhythm weekday hour time_zone notify_by_mail → 200
POST /api/v1/admin/boards kind slug name_fr name_en summary_fr summary_en latitude longitude position → 201
POST /api/v1/admin/boards/:slug/archive → 200
POST /api/v1/admin/boards/:slug/merge into → 200
POST /api/v1/admin/boards/:slug/unarchive → 200
POST /api/v1/admin/jobs/:id/again → 204
POST /api/v1/admin/members/:username/role role → 204
POST /api/v1/invitations → 201
POST /api/v1/members/:username/mute → 204
POST /api/v1/members/:username/purge hours reason → 204
POST /api/v1/members/:username/unmute → 204
POST /api/v1/members/:username/unpurge reason → 204
POST /api/v1/posts/:id/erase reason → 200
POST /api/v1/settings/tokens/:id/revoke → 204
POST /api/v1/settings/webhooks url events city technology → 201
POST /api/v1/settings/webhooks/:id/deliveries/:delivery/again → 204
POST /api/v1/settings/webhooks/:id/on → 204
POST /api/v1/settings/webhooks/:id/remove → 204
GET /api/v1/bookmarks ?before ?limit → 200
POST /api/v1/posts/:id/bookmark keep note → 204
GET /api/v1/appeal → 200
POST /api/v1/appeal body → 201
GET /api/v1/report/:code → 200
GET /api/v1/settings/push → 200
POST /api/v1/settings/push/:id/remove → 204
GET /api/v1/admin/status → 200
GET /api/v1/admin/outbox → 200
POST /api/v1/admin/outbox/:id/again → 204
POST /api/v1/admin/outbox/test address → 204
POST /api/v1/admin/settings/undo act → 200
POST /api/v1/admin/boards/:slug/undo act → 200
`

/** What stands beside it: links in mails, pages between two forms, and what pages of the forum and their scripts ask for. */
const BESIDE = `
GET /admin/boards/:slug → 200
GET /admin/outbox/:number → 200
GET /admin/outbox/:number/html → 200
GET /apple-touch-icon.png → 200
GET /assets/:file → 200
GET /colours/:colour.css → 200
GET /confirm/:token → 200
GET /confirmed/:token → 200
GET /opensearch.xml ?lang → 200
GET /favicon.ico → 200
GET /icon-192.png → 200
GET /icon-512.png → 200
GET /manifest.webmanifest → 200
GET /reset ?sent → 200
GET /reset/:token → 200
GET /settings/email/preview → 200 303
GET /threads/:id → 301
GET /sitemap/boards.xml → 200
GET /sitemap/threads-:part.xml → 200
GET /threads/:id.png → 200 301 304
GET /threads/:id/posts/:number/whole → 200 301 302
GET /threads/:id/posts/authors → 200 301
POST /boards/:slug/read → 303
POST /admin/boards/:slug kind slug name_fr name_en summary_fr summary_en latitude longitude position → 303
POST /admin/boards/:slug/archive → 303
POST /admin/boards/:slug/merge into → 303
POST /admin/boards/:slug/unarchive → 303
POST /admin/boards/:slug/undo act → 303
POST /admin/jobs/:id/again → 303
POST /admin/outbox/:id/again → 303
POST /admin/outbox/test address → 303
POST /admin/settings/undo act → 303
POST /admin/members/:username/role role → 303
POST /cities/:slug/:technology/subscription level next → 303
POST /confirm/:token → 303
POST /login/begin next kept_form → 200 303
POST /login/kept next kept_form → 200 303
POST /members/:username/rescue → 200
POST /posts/:id/erase → 303
POST /register/begin next kept_form → 200 303
POST /reset email → 303
POST /reset/:token password → 303
POST /subscriptions started replied → 303
POST /threads/:id/read number → 204
`

const linesOf = (list: string): string[] => list.trim().split('\n')

const fieldsOf = (schema: unknown): string[] => {
  if (Value.Check(Type.Object({ properties: Type.Object({}) }), schema)) return Object.keys(schema.properties)
  return []
}

const Shape = Type.Object({}, { additionalProperties: Type.Unknown() })

/** Where a schema takes a text or a list of any length. */
function unboundedIn(shape: unknown, name = ''): string[] {
  if (!Value.Check(Shape, shape)) return []
  const { type, maxLength, maxItems, pattern } = Object(shape)
  const isOpen =
    (type === 'string' && !Number.isInteger(maxLength) && pattern === undefined) ||
    (type === 'array' && !Number.isInteger(maxItems))
  if (isOpen && !('const' in shape) && !('enum' in shape)) return [name]
  return Object.entries(shape).flatMap(([inner, value]) => unboundedIn(value, inner))
}

function lineOf({ method, url, schema }: RouteOptions): string {
  const query = fieldsOf(schema?.querystring).map((field) => `?${field}`)
  const form = fieldsOf(schema?.body)
  const statuses = Object.keys(Object(schema?.response)).filter((status) => /^[123]\d\d$/.test(status))
  return [method, url, ...query, ...form, '→', ...statuses].join(' ')
}

t.test('the routes', async (t) => {
  const routes = await routesOf(t, await startForum(t))

  t.test('are those of the contract', async (t) => {
    // What stands nowhere else in the API is answered as a program is, by two routes that are no address.
    const addresses = routes.filter(({ url }) => !/^\/api\/v1\/\*?$|^\/api\/v1$/.test(url))
    t.same(addresses.map(lineOf).sort(), [...linesOf(CONTRACT), ...linesOf(API), ...linesOf(BESIDE)].sort())
  })

  t.test('say what stands in their addresses', async (t) => {
    for (const { method, url, schema } of routes) {
      const named = [...url.matchAll(/:(\w+)/g)].map(([, name]) => name)
      t.same(fieldsOf(schema?.params).sort(), named.sort(), `${method} ${url}`)
    }
  })

  t.test('bound everything that they take', async (t) => {
    const unbounded = routes.flatMap(({ method, url, schema }) =>
      [schema?.params, schema?.querystring, schema?.body].flatMap((shape) =>
        unboundedIn(shape).map((field) => `${method} ${url} ${field}`),
      ),
    )
    // What waits behind a login is as long as the forms that may wait there: the limit of its route's bodies.
    t.same(
      unbounded.filter((field) => !field.endsWith(' kept_form')),
      [],
    )
  })

  t.test('leave no thread’s own address to another page', async (t) => {
    const taken = routes.flatMap(({ method, url }) =>
      method === 'GET' ? (/^\/threads\/:id\/(\w+)$/.exec(url)?.[1] ?? []) : [],
    )
    t.same(taken, ['move'])
    for (const word of taken) t.not(slugOf(word), word, `a thread called «${word}» can be read`)
  })
})
