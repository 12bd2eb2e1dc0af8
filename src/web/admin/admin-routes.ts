import type { Forum } from '../../forum/forum.ts'
import type { App } from '../../platform/http/app.ts'
import type { Metrics } from '../../platform/metrics/metrics.ts'
import { boardAdminRoutes } from './boards.ts'
import { jobAdminRoutes } from './jobs.ts'
import { memberAdminRoutes } from './members.ts'
import { outboxRoutes } from './outbox.ts'
import { rescueRoutes } from './rescue.ts'
import { forumSettingsRoutes } from './settings.ts'
import { statusRoutes } from './status.ts'

/** The admin pages: settings, boards, members, jobs, mails, status. */
export function adminRoutes(app: App, forum: Forum, metrics: Metrics): void {
  statusRoutes(app, forum, metrics)
  boardAdminRoutes(app, forum)
  memberAdminRoutes(app, forum)
  jobAdminRoutes(app, forum)
  forumSettingsRoutes(app, forum)
  outboxRoutes(app, forum)
  rescueRoutes(app, forum)
}
