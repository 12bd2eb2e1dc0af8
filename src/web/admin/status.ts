import { firstStepsPage } from '../../../views/admin/first-steps-page.ts'
import { statusPage } from '../../../views/admin/status-page.ts'
import { lastDays } from '../../forum/administration/daily-totals.ts'
import { firstSteps } from '../../forum/administration/first-steps.ts'
import { forumStatus } from '../../forum/administration/forum-status.ts'
import { slowStatements } from '../../forum/administration/slow-statements.ts'
import { samplesOf } from '../../forum/administration/status-samples.ts'
import type { Forum } from '../../forum/forum.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import type { Metrics } from '../../platform/metrics/metrics.ts'
import { administers } from './administers.ts'

const DAY_HOURS = 24
const MONTH_HOURS = 30 * 24

/** The first admin page: what to do first, and the state of the forum. */
export function statusRoutes(app: App, forum: Forum, metrics: Metrics): void {
  const options = { schema: { response: { 200: htmlPage } }, preValidation: administers(forum) }
  app.get('/admin', options, async (request, reply) =>
    reply.html(firstStepsPage(request.page, await firstSteps(forum))),
  )

  app.get('/admin/status', options, async (request, reply) => {
    const [now, day, month, days, statements, figures] = await Promise.all([
      forumStatus(forum),
      samplesOf(forum, DAY_HOURS, 5),
      samplesOf(forum, MONTH_HOURS, 120),
      lastDays(forum),
      slowStatements(forum.database),
      metrics.figures(),
    ])
    const figure = (name: string) => (typeof figures[name] === 'number' ? figures[name] : 0)
    const process = {
      memoryBytes: now.memoryBytes,
      sockets: figure('contrechamp_live_sockets'),
      kept: {
        pages: figure('contrechamp_kept_pages'),
        hits: figure('contrechamp_kept_pages_hits_total'),
        misses: figure('contrechamp_kept_pages_misses_total'),
      },
    }
    const replicas = forum.replicas?.progress.states() ?? []
    return reply.html(statusPage(request.page, { ...now, replicas, process, day, month, days, statements }))
  })
}
