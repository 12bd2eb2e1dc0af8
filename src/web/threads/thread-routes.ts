import type { Forum } from '../../forum/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { latestThreadRoutes } from './latest-threads.ts'
import { moderateThreadRoutes } from './moderate-thread.ts'
import { newThreadRoutes } from './new-thread.ts'
import { readThreadRoutes } from './read-thread.ts'
import { threadCardRoutes } from './thread-card.ts'
import { wholePostRoutes } from './whole-post.ts'
import { wholeThreadRoutes } from './whole-thread.ts'

/** What people do with threads: start them, read them, and keep them in order. */
export function threadRoutes(app: App, forum: Forum): void {
  newThreadRoutes(app, forum)
  latestThreadRoutes(app, forum)
  readThreadRoutes(app, forum)
  moderateThreadRoutes(app, forum)
  wholePostRoutes(app, forum)
  wholeThreadRoutes(app, forum)
  threadCardRoutes(app, forum)
}
