import { type Static, Type } from 'typebox'
import { deletePost, restorePost } from '../../forum/discussion/delete-post.ts'
import { readTypedPost } from '../../forum/discussion/typed-posts.ts'
import type { Forum } from '../../forum/forum.ts'
import { flagPost } from '../../forum/moderation/flag-post.ts'
import { imposeSanction } from '../../forum/moderation/impose-sanction.ts'
import { liftSanctions } from '../../forum/moderation/lift-sanctions.ts'
import { json, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Flag } from '../moderation/flag.ts'
import { moderates } from '../moderation/moderates.ts'
import { Days } from '../moderation/sanctions.ts'
import { Id } from '../shapes.ts'
import { sentReason } from '../threads/sent-reason.ts'
import { needs } from './access.ts'
import { postAsJson } from './as-json.ts'
import { Post, Reason } from './shapes.ts'

const params = Type.Object({ id: Id })
const Act = Type.Object({ reason: Reason })

/** Flagging posts, and what moderators do with posts and members. */
export function flagRoutes(api: App, forum: Forum): void {
  const flagging = {
    config: needs('write', 'flag_post'),
    schema: { params, body: Flag, response: { 204: nothing } },
  }
  api.post('/posts/:id/flag', flagging, async (request, reply) => {
    const { reason, note = '' } = request.body
    await flagPost(forum, { post: request.params.id, member: memberOf(request), reason, note: note.trim() })
    return reply.code(204).send()
  })

  for (const [verb, does, act] of [
    ['hide', 'hide_post', deletePost],
    ['show', 'show_post', restorePost],
  ] as const) {
    const acting = {
      config: needs('moderate', does),
      schema: { params, body: Act, response: { 200: json(Post) } },
      preValidation: moderates,
    }
    api.post(`/posts/:id/${verb}`, acting, async (request): Promise<Static<typeof Post>> => {
      const member = memberOf(request)
      await act(forum, request.params.id, member, sentReason(request))
      const { thread, post } = await readTypedPost(forum, request.params.id, member)
      return postAsJson(thread, post)
    })
  }

  const Username = Type.Object({ username: Type.String({ maxLength: 200 }) })
  const Sanction = Type.Object({ reason: Reason, days: Days })
  for (const [kind, does] of [
    ['warn', 'warn_member'],
    ['silence', 'silence_member'],
    ['ban', 'ban_member'],
  ] as const) {
    const imposing = {
      config: needs('moderate', does),
      schema: { params: Username, body: Sanction, response: { 204: nothing } },
      preValidation: moderates,
    }
    api.post(`/members/:username/${kind}`, imposing, async (request, reply) => {
      const { username } = request.params
      const days = request.body.days || null
      await imposeSanction(forum, { username, kind, by: memberOf(request), reason: sentReason(request), days })
      return reply.code(204).send()
    })
  }

  const lifting = {
    config: needs('moderate', 'lift_sanctions'),
    schema: { params: Username, body: Act, response: { 204: nothing } },
    preValidation: moderates,
  }
  api.post('/members/:username/lift', lifting, async (request, reply) => {
    await liftSanctions(forum, { ...request.params, by: memberOf(request), reason: sentReason(request) })
    return reply.code(204).send()
  })
}
