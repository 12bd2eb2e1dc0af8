import type { ThreadAddress } from '../../src/paths.ts'
import type { Page } from '../page.ts'
import { type PostView, postArticle } from '../parts/post.ts'
import { type PostRights, postActions } from '../posts/post-actions.ts'

/** A post with what a reader may do with it; null: somebody without an account, who may do nothing. */
export type RightfulPost = PostView & { rights: PostRights | null }

/**
 * The posts of a page. How a post looks depends on what its reader may do with it, and on nothing else of theirs: it
 * is kept in `made`, by language, number and rights.
 */
export function articles(
  page: Page,
  thread: ThreadAddress,
  posts: readonly RightfulPost[],
  made: Map<string, string>,
): string[] {
  return posts.map((post) => {
    const { rights } = post
    if (!rights) return postArticle(page, thread, post)
    const key = `${page.language} ${post.number} ${rights.edit} ${rights.delete} ${rights.restore}`
    const known = made.get(key)
    if (known !== undefined) return known
    const articleHtml = postArticle(page, thread, post, postActions(page, thread, post, rights))
    made.set(key, articleHtml)
    return articleHtml
  })
}
