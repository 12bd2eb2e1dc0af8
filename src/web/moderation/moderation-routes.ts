import type { Forum } from '../../forum/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { caseRoutes } from './cases.ts'
import { flagRoutes } from './flag.ts'
import { legalRoutes } from './legal.ts'
import { reportRoutes } from './report.ts'

/** What keeps the forum clean: flags, and what moderators decide. */
export function moderationRoutes(app: App, forum: Forum): void {
  flagRoutes(app, forum)
  caseRoutes(app, forum)
  reportRoutes(app, forum)
  legalRoutes(app, forum)
}
