import { html } from 'ghtml'
import { newThreadPath, POSTS_PER_PAGE, threadPath } from '../../src/paths.ts'
import { showNumber } from '../../src/platform/i18n/formats.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { boardLinks, type LinkedBoard } from '../parts/board-links.ts'
import { languageMark } from '../parts/language-mark.ts'
import { pagination } from '../parts/pagination.ts'
import { type PostView, postArticle } from '../parts/post.ts'
import { type PostRights, postActions } from '../posts/post-actions.ts'
import { type ReplyForm, replyForm } from '../posts/reply-form.ts'

export interface ThreadPage {
  thread: { id: number; slug: string; title: string; language: string; lastNumber: number; replyCount: number }
  boards: LinkedBoard[]
  /** Which page of how many. */
  page: number
  pages: number
  posts: (PostView & { rights: PostRights | null })[]
  /** How the thread begins, for link previews. */
  description: string
  /** Null for readers who are not signed in. */
  reply: ReplyForm | null
}

export function threadPage(page: Page, shown: ThreadPage): string {
  const { t } = page
  const { thread, posts } = shown
  const title = shown.page > 1 ? `${thread.title} · ${t('pages.number', { number: shown.page })}` : thread.title
  const pages = (label: string) =>
    pagination(page, { current: shown.page, last: shown.pages, pathOf: (number) => threadPath(thread, number), label })
  return layout(
    page,
    { title, description: shown.description, canonical: threadPath(thread, shown.page), kind: 'thread-page' },
    html`<header class="head">
!${boardLinks(page, shown.boards)}
<h1 dir="auto"!${languageMark(thread.language, page)}>${thread.title}</h1>
<p class="about"><span>${t('threads.replies', { count: thread.replyCount, shown: showNumber(thread.replyCount, page.language) })}</span>
!${shown.pages > 1 ? jumps(page, shown) : ''}</p>
</header>
!${pages(t('pages.label'))}
<div class="posts" data-thread="${thread.id}" data-last="${thread.lastNumber}" data-page="${shown.page}" data-pages="${shown.pages}">
!${posts.map((post) => postArticle(page, thread, post, post.rights ? postActions(page, thread, post, post.rights) : ''))}
</div>
!${pages(t('pages.label_below'))}
!${shown.reply ? replyForm(page, shown.reply) : invitation(page, shown)}`,
  )
}

/** Where the reader is, and the ways to both ends. */
function jumps({ t, language }: Page, { thread, page, pages }: ThreadPage): string {
  const from = POSTS_PER_PAGE * (page - 1) + 1
  const to = Math.min(POSTS_PER_PAGE * page, thread.lastNumber)
  const shown = (number: number) => showNumber(number, language)
  return html`<span class="place">${t('threads.place', { from: shown(from), to: shown(to), last: shown(thread.lastNumber) })}</span>
!${page > 1 ? html`<a href="${threadPath(thread)}">${t('threads.first')}</a>` : ''}
!${page < pages ? html`<a href="${threadPath(thread, pages)}#post-${thread.lastNumber}">${t('threads.last')}</a>` : ''}`
}

function invitation({ t, here }: Page, { boards }: ThreadPage): string {
  const next = encodeURIComponent(`${here}#reply`)
  return html`<section class="invitation" id="reply" aria-label="${t('posts.your_reply')}">
<p>${t('posts.sign_in_to_reply')}</p>
<p class="buttons"><a class="button main" href="/login?next=${next}">${t('accounts.log_in')}</a>
<a class="button" href="/register?next=${next}">${t('accounts.register')}</a>
<a href="${newThreadPath(boards)}">${t('threads.start_beside')}</a></p>
</section>`
}
