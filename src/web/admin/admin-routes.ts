import type { Forum } from '../../forum/forum.ts'
import { seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { administers } from './administers.ts'
import { boardAdminRoutes } from './boards.ts'
import { jobAdminRoutes } from './jobs.ts'
import { memberAdminRoutes } from './members.ts'
import { outboxRoutes } from './outbox.ts'
import { rescueRoutes } from './rescue.ts'
import { forumSettingsRoutes } from './settings.ts'

/** The pages of those who run the forum. */
export function adminRoutes(app: App, forum: Forum): void {
  app.get(
    '/admin',
    { schema: { response: { 303: seeOther } }, preValidation: administers(forum) },
    async (_request, reply) => reply.redirect('/admin/settings', 303),
  )
  boardAdminRoutes(app, forum)
  memberAdminRoutes(app, forum)
  jobAdminRoutes(app, forum)
  forumSettingsRoutes(app, forum)
  outboxRoutes(app, forum)
  rescueRoutes(app, forum)
}
