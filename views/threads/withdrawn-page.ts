import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { removalReason } from '../parts/removal-reason.ts'
import { time } from '../parts/time.ts'
import { article, type PostWithRights } from './article.ts'

export interface WithdrawnThread {
  /** The title is null for those who did not start the thread. */
  thread: { id: number; slug: string; title: string | null; language: string }
  removedAt: Date
  reason: string | null
  /** Whether no post is left in it; otherwise moderators removed it. */
  emptied: boolean
  /** Whether it was never published: it waits for approval, or was refused. */
  held: boolean
  /** The reader's own posts on this page. */
  posts: readonly PostWithRights[]
}

/** A hidden thread for those who wrote in it: what happened to it, and their own posts. */
export function withdrawnPage(page: Page, { thread, removedAt, reason, emptied, held, posts }: WithdrawnThread): Html {
  const { t } = page
  return layout(
    page,
    { title: thread.title ?? t('threads.withdrawn'), unlisted: true },
    html`<header class="head">
<h1 dir="auto"${thread.title ? languageMark(thread.language, page) : ''}>${thread.title ?? t('threads.withdrawn')}</h1>
<p class="notice">${t(held ? 'threads.withdrawn_held' : emptied ? 'threads.withdrawn_by_author' : 'threads.withdrawn_by_moderators')}</p>
${emptied ? '' : html`<p class="about">${t('threads.withdrawn_at')} ${time(removedAt, page)}</p>`}
${!emptied && !held && thread.title !== null ? removalReason(page, reason) : ''}
</header>
<div class="posts">
${posts.map((post) => article(page, thread, post))}
</div>`,
  )
}
