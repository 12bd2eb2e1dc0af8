import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { indexBoard } from './index-boards.ts'
import { beginIndexing, indexOldPosts, indexRestOfThread } from './index-old-posts.ts'

export const searchJobs: Jobs<Forum> = {
  tasks: {
    begin_indexing: (forum) => beginIndexing(forum),
    index_old_posts: (forum, payload) => indexOldPosts(forum, Object(payload).after ?? 0),
    index_board: (forum, payload) => indexBoard(forum, Object(payload).board ?? 0, Object(payload).after ?? 0),
    index_posts: (forum, payload) => indexRestOfThread(forum, Object(payload).thread ?? 0, Object(payload).after ?? 0),
  },
  begin: ['begin_indexing'],
  schedule: ['40 4 * * * begin_indexing'],
}
