import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { beginRendering, renderOldPosts } from './render-old-posts.ts'

export const postJobs: Jobs<Forum> = {
  tasks: {
    begin_rendering: (forum) => beginRendering(forum),
    render_old_posts: (forum, payload) => renderOldPosts(forum, Object(payload).after ?? 0),
  },
  begin: ['begin_rendering'],
  schedule: ['20 4 * * * begin_rendering'],
}
