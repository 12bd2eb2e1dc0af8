import type { Forum } from '../../forum/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { deleteRoutes } from './delete.ts'
import { editRoutes } from './edit.ts'
import { historyRoutes } from './history.ts'
import { previewRoutes } from './preview.ts'
import { replyRoutes } from './reply.ts'
import { usefulRoutes } from './useful.ts'

/** The routes of posts: write, preview, edit, delete, history. */
export function postRoutes(app: App, forum: Forum): void {
  replyRoutes(app, forum)
  previewRoutes(app, forum)
  editRoutes(app, forum)
  deleteRoutes(app, forum)
  historyRoutes(app, forum)
  usefulRoutes(app, forum)
}
