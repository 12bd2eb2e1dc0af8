import type { Forum } from '../../platform/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { deleteRoutes } from './routes/delete.ts'
import { editRoutes } from './routes/edit.ts'
import { historyRoutes } from './routes/history.ts'
import { previewRoutes } from './routes/preview.ts'
import { replyRoutes } from './routes/reply.ts'

/** What people do with posts: write, look first, mend, take back, and see what was said before. */
export function postRoutes(app: App, forum: Forum): void {
  replyRoutes(app, forum)
  previewRoutes(app, forum)
  editRoutes(app, forum)
  deleteRoutes(app, forum)
  historyRoutes(app, forum)
}
