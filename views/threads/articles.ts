import type { ThreadAddress } from '../../src/paths.ts'
import type { Page } from '../page.ts'
import { type PostView, postArticle } from '../parts/post.ts'
import { type PostRights, postActions } from '../posts/post-actions.ts'

/** A post with what a reader may do with it; null: somebody without an account, who may do nothing. */
export type RightfulPost = PostView & { rights: PostRights | null }

/**
 * The posts of a page. How a post looks depends on what its reader may do with it, and on nothing else of theirs: it is kept
 * in `made`, by language, number and rights. Most readers may do nothing with any post but answer it: for them all is kept
 * in one piece, because to join twenty posts takes as long as making the rest of the page.
 */
export function articles(
  page: Page,
  thread: ThreadAddress,
  posts: readonly RightfulPost[],
  made: Map<string, string>,
): string {
  const article = (post: RightfulPost) =>
    postArticle(page, thread, post, post.rights ? postActions(page, thread, post, post.rights) : '')
  const isReader = posts.every(({ rights }) => rights && !rights.edit && !rights.delete && !rights.restore)
  if (isReader) return remember(made, page.language, () => posts.map(article).join(''))
  return posts
    .map((post) => {
      const { rights } = post
      if (!rights) return article(post)
      const key = `${page.language} ${post.number} ${rights.edit} ${rights.delete} ${rights.restore}`
      return remember(made, key, () => article(post))
    })
    .join('')
}

function remember(made: Map<string, string>, key: string, make: () => string): string {
  const markup = made.get(key) ?? make()
  made.set(key, markup)
  return markup
}
