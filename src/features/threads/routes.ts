import type { Forum } from '../../platform/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { latestThreadRoutes } from './routes/latest.ts'
import { moderateThreadRoutes } from './routes/moderate-thread.ts'
import { newThreadRoutes } from './routes/new-thread.ts'
import { readThreadRoutes } from './routes/read-thread.ts'
import { wholePostRoutes } from './routes/whole-post.ts'

/** What people do with threads: start them, read them, and keep them in order. */
export function threadRoutes(app: App, forum: Forum): void {
  newThreadRoutes(app, forum)
  latestThreadRoutes(app, forum)
  readThreadRoutes(app, forum)
  moderateThreadRoutes(app, forum)
  wholePostRoutes(app, forum)
}
