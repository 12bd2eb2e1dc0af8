import type { ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'
import { type PostView, postArticle, type RemovedWords } from '../parts/post.ts'
import { type OwnMarks, type PostRights, postActions } from './post-actions.ts'

/** A post with the reader's rights; null for visitors, who have none. */
export type PostWithRights = PostView & {
  rights: PostRights | null
  removed?: RemovedWords | null
  isMuted?: boolean
} & Partial<OwnMarks>

/** One post with the reader's buttons. */
export function article(page: Page, thread: ThreadAddress, post: PostWithRights): Html {
  const { rights, removed = null, isMuted = false, isUseful = false, isBookmarked = false } = post
  const actionsHtml = rights
    ? postActions(page, thread, { ...post, version: removed?.version }, rights, { isUseful, isBookmarked })
    : html``
  return postArticle(page, thread, post, { actionsHtml, removed, isMuted, maySayUseful: rights?.useful ?? false })
}
