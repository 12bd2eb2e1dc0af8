import { html } from 'ghtml'
import { postPath, type ThreadAddress } from '../../src/paths.ts'
import type { Wording } from '../page.ts'
import { languageMark } from './language-mark.ts'
import { memberLink } from './member-link.ts'
import { time } from './time.ts'

export interface PostView {
  id: number
  number: number
  author: string
  /** Rendered and sanitised when it was written; the only HTML of a person's that a page shows. */
  bodyHtml: string
  language: string
  createdAt: Date
  editedAt: Date | null
  deletedAt: Date | null
  replyTo: number | null
  answeredAuthor: string | null
  answeredExcerpt: string | null
}

/**
 * One post: the same in a page, in the live channel and in a preview, whoever reads it. What only this reader may
 * do with it comes in as `actionsHtml`.
 */
export function postArticle(page: Wording, thread: ThreadAddress, post: PostView, actionsHtml = ''): string {
  return post.deletedAt ? deletedPost(page, thread, post, actionsHtml) : standingPost(page, thread, post, actionsHtml)
}

function standingPost(page: Wording, thread: ThreadAddress, post: PostView, actionsHtml: string): string {
  const { t } = page
  const editedHtml = post.editedAt
    ? html` <a class="edited" href="/posts/${post.id}/history">${t('posts.edited')} !${time(post.editedAt, page)}</a>`
    : ''
  return html`<article class="post" id="post-${post.number}" data-id="${post.id}">
<header><h2><a class="number" href="${postPath(thread, post.number)}">${post.number}</a> !${memberLink(post.author)}</h2>
<p class="when">!${time(post.createdAt, page)}!${editedHtml}</p></header>
!${post.replyTo ? answeredPost(page, thread, post, post.replyTo) : ''}
<div class="prose" dir="auto"!${languageMark(post.language, page)}>!${post.bodyHtml}</div>
!${actionsHtml}</article>
`
}

/** The post that this one answers, in a line with a way back to it. */
function answeredPost({ t }: Wording, thread: ThreadAddress, post: PostView, number: number): string {
  return html`<p class="answered"><a href="${postPath(thread, number)}">${t('posts.answers', { number, name: post.answeredAuthor ?? '' })}</a>!${
    post.answeredExcerpt ? html` <q dir="auto">${post.answeredExcerpt}</q>` : ''
  }</p>`
}

function deletedPost({ t }: Wording, thread: ThreadAddress, post: PostView, actionsHtml: string): string {
  return html`<article class="post deleted" id="post-${post.number}" data-id="${post.id}">
<header><h2><a class="number" href="${postPath(thread, post.number)}">${post.number}</a> <span>${t('posts.deleted')}</span></h2></header>
!${actionsHtml}</article>
`
}
