import { Type } from 'typebox'
import { boardCatalogue } from '../../forum/boards/catalogue.ts'
import { markBoardRead } from '../../forum/following/mark-board-read.ts'
import { readUpTo } from '../../forum/following/read-up-to.ts'
import type { Forum } from '../../forum/forum.ts'
import { boardPath } from '../../paths.ts'
import { nothing, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { worded } from '../../platform/text/i18n/worded.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Id, PostNumber, Slug } from '../shapes.ts'

export function readingRoutes(app: App, forum: Forum): void {
  const options = {
    schema: { params: Type.Object({ slug: Slug }), response: { 303: seeOther } },
    preValidation: signedIn,
  }
  app.post('/boards/:slug/read', options, async (request, reply) => {
    const board = (await boardCatalogue(forum)).withSlug(request.params.slug)
    if (!board) throw notFound('boards.not_found')
    await markBoardRead(forum, memberOf(request).id, board.id)
    const name = worded(board.name, request.page.language)
    return reply.tell({ key: 'done.board_read', values: { name } }).redirect(boardPath(board), 303)
  })

  /** For windows without a live channel, and for windows that close just now. */
  const read = {
    params: Type.Object({ id: Id }),
    body: Type.Object({ number: PostNumber }),
    response: { 204: nothing },
  }
  app.post('/threads/:id/read', { schema: read, preValidation: signedIn }, async (request, reply) => {
    await readUpTo(forum, memberOf(request).id, request.params.id, request.body.number)
    return reply.code(204).send()
  })
}
