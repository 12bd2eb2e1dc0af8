import { html } from 'ghtml'
import { answerPath, type ThreadAddress } from '../../src/paths.ts'
import type { Page } from '../page.ts'

/** What this reader may do with a post: each is offered only where it would be accepted. */
export interface PostRights {
  /** To answer and to quote it. */
  reply: boolean
  edit: boolean
  delete: boolean
  restore: boolean
}

/** What a reader may do with a post, each with the number it is about for those who do not see where it stands. */
export function postActions(
  { t }: Page,
  thread: ThreadAddress,
  post: { id: number; number: number; deletedAt: Date | null },
  may: PostRights,
): string {
  const { number } = post
  const aboutHtml = html` <span class="hidden">${t('posts.about_number', { number })}</span>`
  const answersHtml = html`<a href="${answerPath(thread, number, 'reply_to')}" data-reply-to="${number}">${t('posts.reply')}!${aboutHtml}</a>
<a href="${answerPath(thread, number, 'quote')}" data-quote="${number}">${t('posts.quote')}!${aboutHtml}</a>`
  const verb = (name: 'delete' | 'restore', label: string) =>
    html`<form method="post" action="/posts/${post.id}/${name}"><button class="quiet">${label}!${aboutHtml}</button></form>`
  return html`<footer class="actions">
!${may.reply && !post.deletedAt ? answersHtml : ''}
!${may.edit ? html`<a href="/posts/${post.id}/edit">${t('posts.edit')}!${aboutHtml}</a>` : ''}
!${may.delete ? verb('delete', t('posts.delete')) : ''}
!${may.restore ? verb('restore', t('posts.restore')) : ''}
</footer>`
}
