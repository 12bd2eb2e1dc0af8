import { postPath, type ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { type PostView, postArticle } from '../parts/post.ts'

export interface WholePost {
  thread: ThreadAddress & { title: string; language: string }
  post: PostView
}

/** One post alone, however long. Its thread's page only has the excerpt. */
export function wholePostPage(page: Page, { thread, post }: WholePost): Html {
  const { t } = page
  const { number } = post
  return layout(
    page,
    { title: `${thread.title} · ${t('posts.whole', { number })}`, canonical: postPath(thread, number), unlisted: true },
    html`<header class="head">
<h1>${t('posts.whole', { number })}</h1>
<p class="about"><span dir="auto"${languageMark(thread.language, page)}>${thread.title}</span> <a href="${postPath(thread, number)}">${t('posts.back_to_thread')}</a></p>
</header>
<div class="posts">
${postArticle(page, thread, post)}
</div>`,
  )
}
