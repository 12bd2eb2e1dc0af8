import { Type } from 'typebox'
import { boardPath } from '../../paths.ts'
import type { Forum } from '../../platform/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/http/errors.ts'
import { Slug } from '../../platform/http/shapes.ts'
import { memberOf, signedIn } from '../accounts/sessions/on-requests.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import { markBoardRead } from './mark-board-read.ts'

export function readingRoutes(app: App, forum: Forum): void {
  const options = { schema: { params: Type.Object({ slug: Slug }) }, preValidation: signedIn }
  app.post('/boards/:slug/read', options, async (request, reply) => {
    const board = (await boardCatalogue(forum)).withSlug(request.params.slug)
    if (!board) throw notFound('boards.not_found')
    await markBoardRead(forum, memberOf(request).id, board.id)
    return reply.redirect(boardPath(board), 303)
  })
}
