import { Type } from 'typebox'
import { eraseForGood } from '../../forum/discussion/erase-post.ts'
import { readTypedPost } from '../../forum/discussion/typed-posts.ts'
import { muteMember } from '../../forum/following/mute-member.ts'
import type { Forum } from '../../forum/forum.ts'
import { invitationsBy } from '../../forum/members/invitations.ts'
import { invite } from '../../forum/moderation/invite.ts'
import { LONGEST_HOURS, purgeMember, undoPurge } from '../../forum/moderation/purge-member.ts'
import { json, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf } from '../members/recognise-members.ts'
import { moderates } from '../moderation/moderates.ts'
import { Id } from '../shapes.ts'
import { sentReason } from '../threads/sent-reason.ts'
import { needs } from './access.ts'
import { administersByToken } from './administers-by-token.ts'
import { postAsJson } from './as-json.ts'
import { listOf } from './lists.ts'
import { Moment, nullable, Post, Reason } from './shapes.ts'

const Username = Type.Object({ username: Type.String({ maxLength: 200 }) })
const Act = Type.Object({ reason: Reason })

const Invitation = Type.Object(
  { made_at: Moment, ends_at: Moment, used_by: nullable(Type.String()) },
  { title: 'Invitation', description: 'Its code is told once, to whom makes it' },
)

/** Muting a member, hiding all posts of a member, inviting people. */
export function moderatingMembersRoutes(api: App, forum: Forum): void {
  for (const [verb, does] of [
    ['mute', 'mute_member'],
    ['unmute', 'unmute_member'],
  ] as const) {
    const muting = { config: needs('write', does), schema: { params: Username, response: { 204: nothing } } }
    api.post(`/members/:username/${verb}`, muting, async (request, reply) => {
      await muteMember(forum, memberOf(request), request.params.username, verb === 'mute')
      return reply.code(204).send()
    })
  }

  const Purge = Type.Object({
    hours: Type.Integer({ minimum: 1, maximum: LONGEST_HOURS, description: 'What was posted in so many last hours' }),
    reason: Reason,
  })
  const purging = {
    config: needs('moderate', 'purge_member'),
    schema: { params: Username, body: Purge, response: { 204: nothing } },
    preValidation: moderates,
  }
  api.post('/members/:username/purge', purging, async (request, reply) => {
    const { hours } = request.body
    await purgeMember(forum, { ...request.params, by: memberOf(request), reason: sentReason(request), hours })
    return reply.code(204).send()
  })

  const undoing = {
    config: needs('moderate', 'unpurge_member'),
    schema: { params: Username, body: Act, response: { 204: nothing } },
    preValidation: moderates,
  }
  api.post('/members/:username/unpurge', undoing, async (request, reply) => {
    await undoPurge(forum, { ...request.params, by: memberOf(request), reason: sentReason(request) })
    return reply.code(204).send()
  })

  const erasing = {
    config: needs('moderate', 'erase_post'),
    schema: { params: Type.Object({ id: Id }), body: Act, response: { 200: json(Post) } },
    preValidation: administersByToken,
  }
  api.post('/posts/:id/erase', erasing, async (request) => {
    const member = memberOf(request)
    await eraseForGood(forum, request.params.id, member, sentReason(request))
    const { thread, post } = await readTypedPost(forum, request.params.id, member)
    return postAsJson(thread, post)
  })

  const listing = {
    config: needs('moderate', 'list_invitations'),
    schema: { response: { 200: listOf(Invitation) } },
    preValidation: moderates,
  }
  api.get('/invitations', listing, async (request) => {
    const made = await invitationsBy(forum.database, memberOf(request).id)
    const items = made.map(({ madeAt, endsAt, usedBy }) => ({
      made_at: madeAt.toISOString(),
      ends_at: endsAt.toISOString(),
      used_by: usedBy,
    }))
    return { items }
  })

  const inviting = {
    config: needs('moderate', 'invite'),
    schema: {
      response: { 201: json(Type.Object({ code: Type.String({ description: 'For `/register?invitation=`' }) })) },
    },
    preValidation: moderates,
  }
  api.post('/invitations', inviting, async (request, reply) => {
    const code = await invite(forum, memberOf(request).id)
    reply.code(201)
    return { code }
  })
}
