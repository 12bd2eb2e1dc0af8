import { LONGEST_REASON } from '../../src/limits.ts'
import { answerPath, numberedPostsPath, type ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { Page } from '../page.ts'

/** What this reader may do with a post. A button appears only for what would be accepted. */
export interface PostRights {
  /** Answer and quote it. */
  reply: boolean
  edit: boolean
  /** Delete their own post. */
  delete: boolean
  /** Remove another's post, as a moderator. */
  remove: boolean
  restore: boolean
  /** Read a removed post. */
  read: boolean
  /** Move it to another thread, as a moderator. */
  move: boolean
  /** Erase it, as an admin. */
  erase: boolean
  /** Flag another's post. */
  flag: boolean
  /** Mark another's post as useful. */
  useful: boolean
  /** Bookmark it. */
  bookmark: boolean
}

interface ActedPost {
  id: number
  number: number
  deletedAt: Date | null
  heldAt?: Date | null
  usefulCount?: number
  /** The version that this reader sees of a held post, so that they approve no other. */
  version?: number | undefined
}

/** The reader's own marks on the post. */
export interface OwnMarks {
  isUseful: boolean
  isBookmarked: boolean
}

/**
 * The buttons of a post: frequent ones at once, the rest in a menu, so that nobody deletes by mistake. Each label names
 * the post's number for screen readers.
 */
export function postActions(
  { t, language }: Page,
  thread: ThreadAddress,
  post: ActedPost,
  may: PostRights,
  { isUseful, isBookmarked }: OwnMarks = NO_MARKS,
): Html {
  const { number } = post
  const aboutHtml = html` <span class="hidden">${t('posts.about_number', { number })}</span>`
  const answersHtml = html`<a href="${answerPath(thread, number, 'reply_to')}" data-reply-to="${number}">${t('posts.reply')}${aboutHtml}</a>
<a href="${answerPath(thread, number, 'quote')}" data-quote="${number}">${t('posts.quote')}${aboutHtml}</a>`
  const versionHtml =
    post.version === undefined ? html`` : html`<input type="hidden" name="version" value="${post.version}">`
  const verb = (name: 'delete' | 'restore', label: string) =>
    html`<form method="post" action="/posts/${post.id}/${name}">${versionHtml}<button class="quiet">${label}${aboutHtml}</button></form>`
  const removeLabel = t(post.heldAt ? 'cases.do_refuse' : 'posts.remove')
  const removeHtml = html`<details class="remove"><summary>${removeLabel}${aboutHtml}</summary>
<form method="post" action="/posts/${post.id}/delete"><label>${t('posts.reason_hint')} <input name="reason" maxlength="${LONGEST_REASON}" dir="auto"></label> <button class="quiet">${removeLabel}${aboutHtml}</button></form></details>`
  const eraseHtml = html`<details class="remove"><summary>${t('posts.erase')}${aboutHtml}</summary>
<form method="post" action="/posts/${post.id}/erase"><label>${t('posts.erase_hint')} <input name="reason" maxlength="${LONGEST_REASON}" dir="auto" required></label> <button class="quiet">${t('posts.erase')}${aboutHtml}</button></form></details>`
  const count = post.usefulCount ?? 0
  const usefulHtml = html`<form method="post" action="/posts/${post.id}/useful" data-useful><input type="hidden" name="useful" value="${isUseful ? 'no' : 'yes'}"><button class="quiet" aria-pressed="${isUseful}">${t('posts.useful')}<span data-count>${count > 0 ? html` ${showNumber(count, language)}` : ''}</span>${aboutHtml}</button></form>`
  const bookmarkHtml = html`<form method="post" action="/posts/${post.id}/bookmark"><button class="quiet" name="keep" value="${isBookmarked ? 'no' : 'yes'}">${t(isBookmarked ? 'posts.unbookmark' : 'posts.bookmark')}${aboutHtml}</button></form>`
  const linkHtml = html`<a href="${numberedPostsPath(thread)}${number}" data-copy>${t('posts.link')}${aboutHtml}</a>`
  const historyHtml = html`<a href="/posts/${post.id}/history">${t('posts.versions')}${aboutHtml}</a>`
  const moreHtml = html`${may.edit ? html`<a href="/posts/${post.id}/edit">${t('posts.edit')}${aboutHtml}</a>` : ''}
${may.delete ? verb('delete', t('posts.delete')) : ''}
${may.remove ? removeHtml : ''}
${may.move ? html`<a href="/posts/${post.id}/move" rel="nofollow">${t('posts.move')}${aboutHtml}</a>` : ''}
${may.flag ? html`<a href="/posts/${post.id}/flag" rel="nofollow">${t('flags.flag')}${aboutHtml}</a>` : ''}
${may.restore ? verb('restore', t(post.heldAt && may.read ? 'cases.do_approve' : 'posts.restore')) : ''}
${post.deletedAt && (may.restore || may.read) ? historyHtml : ''}
${may.erase ? eraseHtml : ''}`
  if (post.deletedAt !== null) {
    return html`${may.restore && !may.read ? html`<p class="about" role="status">${t('posts.may_restore')}</p>` : ''}<footer class="actions">
${moreHtml}
</footer>`
  }
  return html`<footer class="actions">
${may.reply ? answersHtml : ''}
${may.useful ? usefulHtml : ''}
<details class="more"><summary>${t('posts.more')}${aboutHtml}</summary><div>
${moreHtml}
${may.bookmark ? bookmarkHtml : ''}
${linkHtml}
</div></details>
</footer>`
}

const NO_MARKS: OwnMarks = { isUseful: false, isBookmarked: false }
