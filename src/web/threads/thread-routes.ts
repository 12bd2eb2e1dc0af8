import type { Forum } from '../../forum/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { latestThreadRoutes } from './latest-threads.ts'
import { moderateThreadRoutes } from './moderate-thread.ts'
import { newThreadRoutes } from './new-thread.ts'
import { readThreadRoutes } from './read-thread.ts'
import { threadCardRoutes } from './thread-card.ts'
import { wholePostRoutes } from './whole-post.ts'
import { wholeThreadRoutes } from './whole-thread.ts'

/** The routes of threads: start, read, moderate. */
export function threadRoutes(app: App, forum: Forum): void {
  newThreadRoutes(app, forum)
  latestThreadRoutes(app, forum)
  readThreadRoutes(app, forum)
  moderateThreadRoutes(app, forum)
  wholePostRoutes(app, forum)
  wholeThreadRoutes(app, forum)
  threadCardRoutes(app, forum)
}
