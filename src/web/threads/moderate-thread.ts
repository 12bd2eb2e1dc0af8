import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { FieldMessages } from '../../../views/page.ts'
import { type MoveThread, moveThreadPage } from '../../../views/threads/move-thread-page.ts'
import { boardCatalogue, boardsOf } from '../../forum/boards/catalogue.ts'
import { lockThread } from '../../forum/discussion/lock-thread.ts'
import { movePosts } from '../../forum/discussion/move-posts.ts'
import { moveThread } from '../../forum/discussion/move-thread.ts'
import { pinThread } from '../../forum/discussion/pin-thread.ts'
import { removeThread, restoreThread } from '../../forum/discussion/remove-thread.ts'
import type { Moderator } from '../../forum/discussion/steps.ts'
import type { Thread } from '../../forum/discussion/thread-queries.ts'
import type { Forum } from '../../forum/forum.ts'
import { numberedPostsPath, threadPath } from '../../paths.ts'
import { htmlPage, moved, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { invalidField } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { signedIn } from '../members/recognise-members.ts'
import { moderates, moderatorOf } from '../moderation/moderates.ts'
import { threadNamed } from '../moderation/thread-named.ts'
import { Id, Slug } from '../shapes.ts'
import { seesThread, threadIn, threadOf } from './thread-in-address.ts'

const params = Type.Object({ id: Id })
const Pin = Type.Object({ board: Type.Optional(Type.String({ maxLength: 400 })) })
const Merge = Type.Object({ into: Type.String({ maxLength: 2_000 }) })
const Move = Type.Object({ boards: Type.Optional(Type.Array(Slug, { maxItems: 100 })) })

type TypedMove = Pick<MoveThread, 'chosen' | 'reason' | 'messages'>

/** What moderators do with a whole thread. Each act can be undone. */
export function moderateThreadRoutes(app: App, forum: Forum): void {
  const moderating = { preValidation: [signedIn, moderates], preHandler: seesThread(forum) }
  const acting = { ...moderating, schema: { params, response: { 303: seeOther } } }

  for (const [verb, act] of [
    ['lock', (thread: number, moderator: Moderator) => lockThread(forum, thread, true, moderator)],
    ['unlock', (thread: number, moderator: Moderator) => lockThread(forum, thread, false, moderator)],
    ['remove', (thread: number, moderator: Moderator) => removeThread(forum, thread, moderator)],
    ['restore', (thread: number, moderator: Moderator) => restoreThread(forum, thread, moderator)],
  ] as const) {
    app.post(`/threads/:id/${verb}`, acting, async (request, reply) => {
      const thread = threadOf(request)
      await act(thread.id, moderatorOf(request))
      return reply.redirect(threadPath(thread), 303)
    })
  }

  const pinning = { ...acting, schema: { ...acting.schema, body: Pin } }
  for (const verb of ['pin', 'unpin'] as const) {
    app.post(`/threads/:id/${verb}`, pinning, async (request, reply) => {
      const thread = threadOf(request)
      await pinThread(forum, thread.id, request.body?.board ?? '', verb === 'pin', moderatorOf(request))
      return reply.tell({ key: `done.${verb}`, values: {} }).redirect(threadPath(thread), 303)
    })
  }

  const merging = { ...acting, schema: { ...acting.schema, body: Merge } }
  app.post('/threads/:id/merge', merging, async (request, reply) => {
    const into = threadNamed(request.body.into)
    if (into === null) throw invalidField('into', 'moderation.no_such_thread')
    const place = await movePosts(forum, threadOf(request).id, null, { thread: into }, moderatorOf(request))
    return reply.redirect(`${numberedPostsPath({ id: place.thread })}${place.number}`, 303)
  })

  app.get(
    '/threads/:id/move',
    { ...moderating, schema: { params, response: { 200: htmlPage, 301: moved } } },
    async (request, reply) => {
      const thread = threadOf(request)
      const chosen = boardsOf(await boardCatalogue(forum), thread).map(({ slug }) => slug)
      return reply.html(await page(request, thread, { chosen, reason: '', messages: {} }))
    },
  )

  const received = { ...acting, schema: { ...acting.schema, body: Move }, config: { formAgain } }
  app.post('/threads/:id/move', received, async (request, reply) => {
    const thread = threadOf(request)
    await moveThread(forum, thread.id, request.body.boards ?? [], moderatorOf(request))
    return reply.redirect(threadPath(thread), 303)
  })

  async function formAgain(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const sent = sentForm(request)
    const typed = { chosen: sent.list('boards'), reason: sent.text('reason'), messages }
    return page(request, await threadIn(forum, request), typed)
  }

  async function page(request: FastifyRequest, thread: Thread, typed: TypedMove) {
    const catalogue = await boardCatalogue(forum)
    const archived = boardsOf(catalogue, thread).filter((board) => board.archived)
    const [cities, technologies] = [
      [...archived.filter(({ kind }) => kind === 'city'), ...catalogue.cities],
      [...archived.filter(({ kind }) => kind === 'technology'), ...catalogue.technologies],
    ]
    return moveThreadPage(request.page, { thread, cities, technologies, ...typed })
  }
}
