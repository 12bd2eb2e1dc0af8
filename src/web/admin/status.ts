import { firstStepsPage } from '../../../views/admin/first-steps-page.ts'
import { statusPage } from '../../../views/admin/status-page.ts'
import { firstSteps } from '../../forum/administration/first-steps.ts'
import { forumStatus } from '../../forum/administration/forum-status.ts'
import type { Forum } from '../../forum/forum.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { administers } from './administers.ts'

/** What there is to do first, and how the forum is. */
export function statusRoutes(app: App, forum: Forum): void {
  const options = { schema: { response: { 200: htmlPage } }, preValidation: administers(forum) }
  app.get('/admin', options, async (request, reply) =>
    reply.html(firstStepsPage(request.page, await firstSteps(forum))),
  )
  app.get('/admin/status', options, async (request, reply) =>
    reply.html(statusPage(request.page, await forumStatus(forum))),
  )
}
