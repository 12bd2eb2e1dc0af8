import type { Forum } from '../../forum/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { hidePostRoutes } from './hide-posts.ts'
import { logRoutes } from './log.ts'
import { sanctionRoutes } from './sanctions.ts'
import { transparencyRoutes } from './transparency.ts'

/** What moderators do with posts and members, and where it can be read. What they do with threads is with the threads. */
export function moderationRoutes(app: App, forum: Forum): void {
  hidePostRoutes(app, forum)
  sanctionRoutes(app, forum)
  logRoutes(app, forum)
  transparencyRoutes(app, forum)
}
