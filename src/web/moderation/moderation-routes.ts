import type { Forum } from '../../forum/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { appealRoutes } from './appeal.ts'
import { caseRoutes } from './cases.ts'
import { flagRoutes } from './flag.ts'
import { hidePostRoutes } from './hide-posts.ts'
import { invitationRoutes } from './invitations.ts'
import { logRoutes } from './log.ts'
import { movePostRoutes } from './move-posts.ts'
import { reportRoutes } from './report.ts'
import { sanctionRoutes } from './sanctions.ts'
import { transparencyRoutes } from './transparency.ts'

/** The pages of moderation. Acts on threads are in `threads/`. */
export function moderationRoutes(app: App, forum: Forum): void {
  flagRoutes(app, forum)
  caseRoutes(app, forum)
  reportRoutes(app, forum)
  appealRoutes(app, forum)
  invitationRoutes(app, forum)
  hidePostRoutes(app, forum)
  movePostRoutes(app, forum)
  sanctionRoutes(app, forum)
  logRoutes(app, forum)
  transparencyRoutes(app, forum)
}
