import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type MemberPage, memberPage } from '../../../views/members/member-page.ts'
import type { SanctionForm } from '../../../views/members/moderate-member.ts'
import { readMemberPage } from '../../forum/discussion/member-page.ts'
import { mutedBy } from '../../forum/following/mute-member.ts'
import type { Forum } from '../../forum/forum.ts'
import { mayAdminister, mayModerate, mayMute, maySanction } from '../../forum/members/permissions.ts'
import { sanctionsOf } from '../../forum/moderation/sanction-queries.ts'
import { memberPath } from '../../paths.ts'
import { htmlPage, moved } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import type { Role } from '../../schema/enums.ts'
import { Id } from '../shapes.ts'

/** The public profile of a member, with their posts. */
export function memberRoutes(app: App, forum: Forum): void {
  const schema = {
    params: Type.Object({ username: Type.String({ maxLength: 200 }) }),
    querystring: Type.Object({ before: Type.Optional(Id), show: Type.Optional(Type.Enum(['threads', 'replies'])) }),
    response: { 200: htmlPage, 301: moved },
  }
  app.get('/members/:username', { schema }, async (request, reply) => {
    const { username } = request.params
    const { before, show: shown } = request.query
    const member = await readMemberPage(forum, username, { before, shown })
    if (!member) throw notFound('members.not_found')
    if (member.username !== username) return reply.redirect(memberPath(member.username), 301)
    return reply.html(memberPage(request.page, { ...member, ...(await aboutMember(forum, request, member)) }))
  })
}

/** What a member's page offers this reader only. @param form what a moderator sent, when the form comes back. */
export async function aboutMember(
  forum: Forum,
  { member: reader }: FastifyRequest,
  { id, role }: { id: number; role: Role },
  form: SanctionForm = { reason: '', days: '', hours: '', messages: {} },
): Promise<Pick<MemberPage, 'moderation' | 'mayRescue' | 'muted'>> {
  const muted = reader && mayMute(reader, { id }) ? (await mutedBy(forum.database, reader.id)).has(id) : null
  if (!mayModerate(reader)) return { muted, moderation: null, mayRescue: false }
  const maySanctionThem = maySanction(reader, { id, role })
  const moderation = { maySanction: maySanctionThem, sanctions: await sanctionsOf(forum.database, id), form }
  return { muted, moderation, mayRescue: mayAdminister(reader) && reader?.id !== id }
}
