import { LONGEST_REASON } from '../../src/limits.ts'
import { postPath, type ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { MemberName } from '../../src/schema/members.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberLink } from '../parts/member-link.ts'
import { type OlderPage, olderLink } from '../parts/older-link.ts'
import { time } from '../parts/time.ts'

export interface Bookmark {
  /** The post's id. */
  id: number
  note: string
  at: Date
  /** Null when the post is hidden. The note still belongs to the member. */
  shown: {
    number: number
    author: MemberName
    excerpt: string
    language: string
    thread: ThreadAddress & { title: string; language: string }
  } | null
}

export interface BookmarksPage {
  bookmarks: readonly Bookmark[]
  older: OlderPage | null
  /** Where older ones begin; null at the end. */
  next: string | null
}

/** A member's bookmarks, newest first, each with a note to edit. */
export function bookmarksPage(page: Page, { bookmarks, next }: BookmarksPage): Html {
  const { t } = page
  return layout(
    page,
    { title: t('bookmarks.title'), unlisted: true },
    html`<header class="head"><h1>${t('bookmarks.title')}</h1>
<p class="lead">${t('bookmarks.lead')}</p></header>
${bookmarks.length > 0 ? html`<ol class="bookmarks" role="list">${bookmarks.map((one) => line(page, one))}</ol>` : html`<p class="empty">${t('bookmarks.none')}</p>`}
${olderLink(page, '/bookmarks', {}, next)}`,
  )
}

function line(page: Page, { id, note, at, shown }: Bookmark): Html {
  const { t } = page
  const field = `note-${id}`
  return html`<li>
${shown ? post(page, shown) : html`<p class="about">${t('bookmarks.out_of_sight')} ${time(at, page)}</p>`}
<form method="post" action="/posts/${id}/bookmark"><input type="hidden" name="next" value="/bookmarks">
${shown ? html`<label for="${field}">${t('bookmarks.note')}</label> <input type="text" id="${field}" name="note" value="${note}" maxlength="${LONGEST_REASON}" dir="auto" autocomplete="off"> <button name="keep" value="yes">${t('bookmarks.save')}</button>` : note ? html`<q dir="auto">${note}</q>` : ''}
<button class="quiet" name="keep" value="no">${t('bookmarks.remove')}</button></form>
</li>`
}

function post(page: Page, { number, author, excerpt, language, thread }: NonNullable<Bookmark['shown']>): Html {
  const { t } = page
  return html`<h2><a href="${postPath(thread, number)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a></h2>
<p class="about"><span>${t('bookmarks.post', { number })}</span> ${memberLink(page, author)}</p>
<blockquote class="excerpt" dir="auto"${languageMark(language, page)}>${excerpt}</blockquote>`
}
