import { Type } from 'typebox'
import { findPost } from '../../forum/discussion/find-post.ts'
import { findThread } from '../../forum/discussion/find-thread.ts'
import { lockThread } from '../../forum/discussion/lock-thread.ts'
import { movePosts } from '../../forum/discussion/move-posts.ts'
import { moveThread } from '../../forum/discussion/move-thread.ts'
import { pinThread } from '../../forum/discussion/pin-thread.ts'
import { removeThread, restoreThread } from '../../forum/discussion/remove-thread.ts'
import type { Moderator } from '../../forum/discussion/steps.ts'
import type { Forum } from '../../forum/forum.ts'
import { json } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { memberOf } from '../members/recognise-members.ts'
import { moderates, moderatorOf } from '../moderation/moderates.ts'
import { Id, PostNumber, Slug } from '../shapes.ts'
import { needs } from './access.ts'
import { Reason, ThreadAlone } from './shapes.ts'
import type { ReadThreadAlone } from './thread-alone.ts'

/** What moderators do with a whole thread. Each act has an opposite that undoes it. */
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
      preValidation: moderates,
    }
    api.post(`/threads/:id/${verb}`, acting, async (request) => {
      const member = memberOf(request)
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
    preValidation: moderates,
  }
  api.post('/threads/:id/move', moving, async (request) => {
    const member = memberOf(request)
    const thread = await findThread(forum, request.params.id, member)
    await moveThread(forum, thread.id, request.body.boards, moderatorOf(request))
    return threadAlone(thread.id, member)
  })

  const Pin = Type.Object({
    board: Type.Optional(
      Type.String({ maxLength: 400, description: 'The slug of one of its boards; empty: everywhere' }),
    ),
    reason: Reason,
  })
  for (const [verb, does] of [
    ['pin', 'pin_thread'],
    ['unpin', 'unpin_thread'],
  ] as const) {
    const pinning = {
      config: needs('moderate', does),
      schema: { params, body: Pin, response: { 200: json(ThreadAlone) } },
      preValidation: moderates,
    }
    api.post(`/threads/:id/${verb}`, pinning, async (request) => {
      const member = memberOf(request)
      const { id } = await findThread(forum, request.params.id, member)
      await pinThread(forum, id, request.body.board ?? '', verb === 'pin', moderatorOf(request))
      return threadAlone(id, member)
    })
  }

  const Place = Type.Object(
    { thread: Type.Integer(), number: Type.Integer() },
    { description: 'Where the first of them is now' },
  )
  const Merge = Type.Object({ into: Type.Integer({ ...Id, description: 'The id of a thread' }), reason: Reason })
  const merging = {
    config: needs('moderate', 'merge_thread'),
    schema: { params, body: Merge, response: { 200: json(Place) } },
    preValidation: moderates,
  }
  api.post('/threads/:id/merge', merging, async (request) => {
    const { id } = await findThread(forum, request.params.id, memberOf(request))
    const { thread, number } = await movePosts(forum, id, null, { thread: request.body.into }, moderatorOf(request))
    return { thread, number }
  })

  const MovePosts = Type.Object({
    numbers: Type.Optional(
      Type.Array(PostNumber, { maxItems: 400, description: 'Of its thread; without them, it alone' }),
    ),
    to: Type.Optional(Type.Integer({ ...Id, description: 'The id of a thread …' })),
    title: Type.Optional(Type.String({ maxLength: 2_000, description: '… or the title of a new one' })),
    reason: Reason,
  })
  const movingPosts = {
    config: needs('moderate', 'move_posts'),
    schema: { params, body: MovePosts, response: { 200: json(Place) } },
    preValidation: moderates,
  }
  api.post('/posts/:id/move', movingPosts, async (request) => {
    const post = await findPost(forum, request.params.id, memberOf(request))
    const { numbers = [], to, title = '' } = request.body
    const chosen = numbers.length > 0 ? numbers : [post.number]
    const target = to === undefined ? { title } : { thread: to }
    const { thread, number } = await movePosts(forum, post.thread.id, chosen, target, moderatorOf(request))
    return { thread, number }
  })
}
