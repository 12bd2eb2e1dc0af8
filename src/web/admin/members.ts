import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { membersAdminPage } from '../../../views/admin/members-admin-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import { NEWEST_ID } from '../../forum/discussion/cursor.ts'
import type { Forum } from '../../forum/forum.ts'
import { changeRole } from '../../forum/members/administer-member.ts'
import { findMembers, MEMBER_STATES } from '../../forum/members/find-members.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import type { Html } from '../../platform/text/html.ts'
import { ROLES } from '../../schema/enums.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { administers } from './administers.ts'

/** An empty choice counts as none. */
const Asked = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 200 })),
  role: Type.Optional(Type.Enum(['', ...ROLES])),
  state: Type.Optional(Type.Enum(['', ...MEMBER_STATES])),
  before: Type.Optional(Id),
})

/** Finds members and changes their roles. What moderators do with a member is on the member's profile. */
export function memberAdminRoutes(app: App, forum: Forum): void {
  const finding = { schema: { querystring: Asked, response: { 200: htmlPage } }, preValidation: administers(forum) }
  app.get('/admin/members', finding, async (request, reply) => reply.html(await page(request, {})))

  const giving = {
    schema: {
      params: Type.Object({ username: Type.String({ maxLength: 200 }) }),
      body: Type.Object({ role: Type.Enum([...ROLES]) }),
      response: { 303: seeOther },
    },
    preValidation: administers(forum),
    config: { formAgain: page },
  }
  app.post('/admin/members/:username/role', giving, async (request, reply) => {
    const { username } = request.params
    await changeRole(forum, username, request.body.role, memberOf(request).id)
    const values = { name: username }
    return reply
      .tell({ key: 'done.role_given', values })
      .redirect(`/admin/members?q=${encodeURIComponent(username)}`, 303)
  })

  /** After a role that cannot be given, the page lists only that member, with the error. */
  async function page(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const query = Value.Check(Asked, request.query) ? request.query : {}
    const { username } = Object(request.params)
    const { q = typeof username === 'string' ? username : '', role = '', state = '', before = NEWEST_ID } = query
    const asked = { name: q.trim(), role: role || undefined, state: state || undefined, before }
    const found = await findMembers(forum.database, asked)
    return membersAdminPage(request.page, { ...found, filters: { q, role, state }, messages })
  }
}
