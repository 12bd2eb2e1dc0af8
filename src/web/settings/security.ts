import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { securityPage } from '../../../views/members/security-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import type { Forum } from '../../forum/forum.ts'
import { changePassword } from '../../forum/members/change-password.ts'
import { endOtherSessions, endSession } from '../../forum/members/end-sessions.ts'
import { mustKnowPassword } from '../../forum/members/must-know-password.ts'
import { passkeysOf } from '../../forum/members/passkeys/queries.ts'
import { passwordChangedAt, sessionsOf } from '../../forum/members/queries.ts'
import { secondFactorOf } from '../../forum/members/second-factor/queries.ts'
import { sessionHash } from '../../forum/members/sessions/adapter.ts'
import type { Sessions } from '../../forum/members/sessions/lucia.ts'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../../limits.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { invalidField, signInNeeded } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { offersPasskeys } from '../members/offers-passkeys.ts'
import { asking, memberOf, openSession, signedIn } from '../members/recognise-members.ts'
import { Mark } from '../shapes.ts'
import { passkeyRoutes } from './passkeys.ts'

/** Three forms post here. `action` says which. */
const Security = Type.Object({
  action: Type.Optional(Type.Enum(['change-password', 'end-session', 'end-other-sessions'])),
  current_password: Type.Optional(Type.String({ minLength: 1, maxLength: LONGEST_PASSWORD })),
  new_password: Type.Optional(Type.String({ minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD })),
  /** To end sessions. */
  password: Type.Optional(Type.String({ maxLength: LONGEST_PASSWORD })),
  session: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
})

/** A member’s password, and their open sessions. */
export function securityRoutes(app: App, forum: Forum, sessions: Sessions): void {
  const query = Type.Object({ saved: Mark })
  app.get(
    '/settings/security',
    { schema: { querystring: query, response: { 200: htmlPage } }, preValidation: signedIn },
    async (request, reply) => reply.html(await shown(request, {}, request.query.saved !== undefined)),
  )

  const options = {
    schema: { body: Security, response: { 303: seeOther } },
    preValidation: signedIn,
    config: { formAgain: shown },
  }
  app.post('/settings/security', options, async (request, reply) => {
    const { action, session, password, current_password: current, new_password: chosen } = request.body
    const member = asking(request, password)
    const { memberId, sessionId } = member
    if (action === 'end-other-sessions') {
      await mustKnowPassword(forum, member)
      await endOtherSessions(forum, memberId, sessionId)
    }
    // The button of a session sends `session` alone.
    if (action === 'end-session' || (action === undefined && session !== undefined)) {
      await mustKnowPassword(forum, member)
      await endSession(forum, memberId, session ?? '')
    }
    if (action === 'change-password') {
      if (!current) throw invalidField('current_password', 'errors.empty')
      if (!chosen) throw invalidField('new_password', 'errors.empty')
      const passwordHash = await changePassword(forum, { memberId, sessionId, current, chosen })
      await openSession(forum, sessions, { id: memberId, passwordHash }, request, reply)
    }
    return reply.redirect('/settings/security?saved=1', 303)
  })

  passkeyRoutes(app, forum, shown)

  async function shown(request: FastifyRequest, messages: FieldMessages, saved = false): Promise<Html> {
    const open = await sessionsOf(forum.database, memberOf(request).id)
    const own = sessionHash(sessionIdOf(request))
    const shownSessions = open.map(({ idHash, device, createdAt, seenOn }) => ({
      hash: idHash.toString('hex'),
      device,
      createdAt,
      seenOn,
      current: idHash.equals(own),
    }))
    const [passwordChanged, factor, keys] = await Promise.all([
      passwordChangedAt(forum.database, memberOf(request).id),
      secondFactorOf(forum.database, memberOf(request).id),
      passkeysOf(forum.database, memberOf(request).id),
    ])
    return securityPage(request.page, {
      sessions: shownSessions,
      passwordChanged,
      factor,
      passkeys: keys,
      offersPasskeys: offersPasskeys(forum, request),
      saved,
      messages,
    })
  }
}

function sessionIdOf(request: FastifyRequest): string {
  if (!request.session) throw signInNeeded()
  return request.session.id
}
