import { Type } from 'typebox'
import { findThread } from '../../forum/discussion/find-thread.ts'
import { lockThread } from '../../forum/discussion/lock-thread.ts'
import { moveThread } from '../../forum/discussion/move-thread.ts'
import { removeThread, restoreThread } from '../../forum/discussion/remove-thread.ts'
import type { Moderator } from '../../forum/discussion/steps.ts'
import type { Forum } from '../../forum/forum.ts'
import { mayModerate } from '../../forum/members/permissions.ts'
import { json } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notAllowed } from '../../platform/problem.ts'
import { memberOf } from '../members/recognise-members.ts'
import { moderatorOf } from '../moderation/moderates.ts'
import { Id, Slug } from '../shapes.ts'
import { needs } from './access.ts'
import { Reason, ThreadAlone } from './shapes.ts'
import type { ReadThreadAlone } from './thread-alone.ts'

/** What moderators do with a whole thread; each is undone by its opposite. */
export function moderationRoutes(api: App, forum: Forum, threadAlone: ReadThreadAlone): void {
  const params = Type.Object({ id: Id })
  const Act = Type.Object({ reason: Reason })

  for (const [verb, does, act] of [
    ['lock', 'lock_thread', (thread: number, moderator: Moderator) => lockThread(forum, thread, true, moderator)],
    ['unlock', 'unlock_thread', (thread: number, moderator: Moderator) => lockThread(forum, thread, false, moderator)],
    ['remove', 'remove_thread', (thread: number, moderator: Moderator) => removeThread(forum, thread, moderator)],
    ['restore', 'restore_thread', (thread: number, moderator: Moderator) => restoreThread(forum, thread, moderator)],
  ] as const) {
    const acting = {
      config: needs('moderate', does),
      schema: { params, body: Act, response: { 200: json(ThreadAlone) } },
    }
    api.post(`/threads/:id/${verb}`, acting, async (request) => {
      const member = memberOf(request)
      if (!mayModerate(member)) throw notAllowed()
      const thread = await findThread(forum, request.params.id, member)
      await act(thread.id, moderatorOf(request))
      return threadAlone(thread.id, member)
    })
  }

  const Move = Type.Object({
    boards: Type.Array(Slug, { maxItems: 100, description: 'Slugs; one to eight' }),
    reason: Reason,
  })
  const moving = {
    config: needs('moderate', 'move_thread'),
    schema: { params, body: Move, response: { 200: json(ThreadAlone) } },
  }
  api.post('/threads/:id/move', moving, async (request) => {
    const member = memberOf(request)
    if (!mayModerate(member)) throw notAllowed()
    const thread = await findThread(forum, request.params.id, member)
    await moveThread(forum, thread.id, request.body.boards, moderatorOf(request))
    return threadAlone(thread.id, member)
  })
}
