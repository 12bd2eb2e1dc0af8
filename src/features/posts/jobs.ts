import type { FeatureJobs } from '../../platform/jobs/jobs.ts'
import { renderOldPosts } from './render-old-posts.ts'

export const postJobs: FeatureJobs = {
  tasks: {
    render_old_posts: (forum, payload) => renderOldPosts(forum, Object(payload).after ?? 0),
  },
}
