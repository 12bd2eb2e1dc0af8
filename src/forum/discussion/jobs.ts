import type { FeatureJobs } from '../../platform/jobs/jobs.ts'
import { beginRendering, renderOldPosts } from './render-old-posts.ts'

export const postJobs: FeatureJobs = {
  tasks: {
    begin_rendering: (forum) => beginRendering(forum),
    render_old_posts: (forum, payload) => renderOldPosts(forum, Object(payload).after ?? 0),
  },
  begin: ['begin_rendering'],
  schedule: ['20 4 * * * begin_rendering'],
}
