import { Type } from 'typebox'
import { jobsAdminPage } from '../../../views/admin/jobs-admin-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { queuedJobs, tryAgain } from '../../platform/jobs/queue-state.ts'
import { notFound } from '../../platform/problem.ts'
import { Id } from '../shapes.ts'
import { administers } from './administers.ts'

/** The page of background jobs: those that wait, and those that failed. */
export function jobAdminRoutes(app: App, forum: Forum): void {
  const preValidation = administers(forum)
  app.get('/admin/jobs', { schema: { response: { 200: htmlPage } }, preValidation }, async (request, reply) =>
    reply.html(jobsAdminPage(request.page, await queuedJobs(forum.database))),
  )

  const again = { schema: { params: Type.Object({ id: Id }), response: { 303: seeOther } }, preValidation }
  app.post('/admin/jobs/:id/again', again, async (request, reply) => {
    if (!(await tryAgain(forum.database, String(request.params.id)))) throw notFound()
    return reply.tell({ key: 'done.job_again', values: {} }).redirect('/admin/jobs', 303)
  })
}
