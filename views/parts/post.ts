import { numberedPostsPath, postPath, type ThreadAddress, wholePostPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { MessageKey } from '../../src/platform/text/i18n/translate.ts'
import type { Role } from '../../src/schema/enums.ts'
import type { MemberName } from '../../src/schema/members.ts'
import type { Wording } from '../page.ts'
import { directionOf, languageMark } from './language-mark.ts'
import { memberLink } from './member-link.ts'
import { removalReason } from './removal-reason.ts'
import { time } from './time.ts'

export type PostView = StandingPostView | DeletedPostView

export interface StandingPostView {
  id: number
  number: number
  author: MemberName
  /** The author's role, and whether they started this thread. */
  authorRole: Role
  startedThread: boolean
  /**
   * Sanitised when it was written: the only HTML of a member that a page shows. Null when it is too long for this page
   * and has a page of its own.
   */
  bodyHtml: Html | null
  /** How it begins. */
  excerpt: string
  language: string
  createdAt: Date
  editedAt: Date | null
  deletedAt: null
  /** How many members find it useful. */
  usefulCount: number
  replyTo: number | null
  /** Null when the answered post is hidden. */
  answeredAuthor: string | null
  answeredExcerpt: string | null
  answeredLanguage: string | null
}

/** The place of a hidden post. Has no text, so that no view can show it by mistake. */
export interface DeletedPostView {
  id: number
  number: number
  deletedAt: Date
  authorId: number
  deletedBy: number | null
  /** Only its author and moderators have seen it. */
  heldAt: Date | null
  erasedAt: Date | null
  /** Whether it was moved to another thread. */
  hasMoved?: boolean
}

/** The text of a post that moderators removed, for its author and for moderators. */
export interface RemovedWords {
  bodyHtml: Html | null
  excerpt: string
  language: string
  reason: string | null
  /** How often it was edited. */
  version: number
  /** Whether the forum itself reported it to moderators. */
  isDetected: boolean
}

/** What only this reader sees of a post: their buttons, and the text of a removed post. */
export interface OwnPart {
  actionsHtml?: Html
  removed?: RemovedWords | null
  /** Whether a button already shows how many find it useful. */
  maySayUseful?: boolean
  /** Whether the reader has muted its author: the post is folded. */
  isMuted?: boolean
}

/** One post. All readers get the same, in a page, the live channel and a preview, apart from `own`. */
export function postArticle(page: Wording, thread: ThreadAddress, post: PostView, own: OwnPart = {}): Html {
  return post.deletedAt === null ? standingPost(page, thread, post, own) : deletedPost(page, thread, post, own)
}

function standingPost(
  page: Wording,
  thread: ThreadAddress,
  post: StandingPostView,
  { actionsHtml = html``, isMuted = false, maySayUseful = false }: OwnPart,
): Html {
  const { t } = page
  const count = post.usefulCount
  const usefulHtml =
    count > 0 && !maySayUseful
      ? html` <span class="useful">${t('posts.useful_to', { count, shown: showNumber(count, page.language) })}</span>`
      : ''
  const editedHtml = post.editedAt
    ? html` <a class="edited" href="/posts/${post.id}/history">${t('posts.edited')} ${time(post.editedAt, page)}</a>`
    : ''
  const bodyHtml = post.bodyHtml ?? beginning(page, thread, post)
  const proseHtml = html`<div class="prose" dir="${directionOf(post.language)}"${languageMark(post.language, page)}>${bodyHtml}</div>`
  return html`<article class="post" id="post-${post.number}" data-id="${post.id}">
<header><h2><a class="number" href="${postPath(thread, post.number)}">${post.number}</a> ${memberLink(page, post.author)}${rolesOf(page, post)}</h2>
<p class="when">${time(post.createdAt, page)}${editedHtml}${usefulHtml}</p></header>
${post.replyTo ? answeredPost(page, thread, post, post.replyTo) : ''}
${isMuted ? html`<details class="muted"><summary>${t('posts.muted')}</summary>${proseHtml}</details>` : proseHtml}
${actionsHtml}</article>
`
}

/** The author's role. The first post does not say who started the thread, because that is clear. */
function rolesOf({ t }: Wording, { number, authorRole, startedThread }: StandingPostView): Html {
  const roles = [
    startedThread && number > 1 ? t('posts.by_starter') : '',
    authorRole === 'member' ? '' : t(`roles.${authorRole}`),
  ].filter(Boolean)
  return html`${roles.map((role) => html` <span class="role">${role}</span>`)}`
}

/** The answered post in one line, which opens to its excerpt and a link. */
function answeredPost(page: Wording, thread: ThreadAddress, post: StandingPostView, number: number): Html {
  const { t } = page
  const name = post.answeredAuthor
  const says = name === null ? t('posts.answers_number', { number }) : t('posts.answers', { number, name })
  const path = postPath(thread, number)
  if (!post.answeredExcerpt) return html`<p class="answered"><a href="${path}">${says}</a></p>`
  return html`<details class="answered"><summary>${says} <q dir="auto"${languageMark(post.answeredLanguage ?? post.language, page)}>${post.answeredExcerpt}</q></summary>
<a href="${path}">${t('posts.go_to', { number })}</a></details>`
}

/** The excerpt of a post that is too long for the page, with a link to all of it. */
function beginning({ t, language }: Wording, thread: ThreadAddress, post: { number: number; excerpt: string }): Html {
  const aboutHtml = html` <span class="hidden">${t('posts.about_number', { number: post.number })}</span>`
  return html`<p>${post.excerpt}</p>
<p><a class="whole" href="${wholePostPath(thread, post.number)}" lang="${language}">${t('posts.read_on')}${aboutHtml}</a></p>`
}

function deletedPost(
  page: Wording,
  thread: ThreadAddress,
  post: DeletedPostView,
  { actionsHtml = html``, removed }: OwnPart,
): Html {
  const { t } = page
  if (post.hasMoved) return movedPost(page, thread, post)
  // A screen reader hears only the first words when the post arrives live.
  const isHeld = post.heldAt !== null && post.erasedAt === null
  const saysHtml = isHeld
    ? html`<span>${t(heldAs(post))}</span>`
    : post.deletedBy === post.authorId
      ? html`<span>${t('posts.deleted')}</span> ${t('posts.by_author')}`
      : html`<span>${t(post.erasedAt ? 'posts.erased' : 'posts.removed')}</span>`
  return html`<article class="post deleted${isHeld ? ' held' : ''}" id="post-${post.number}" data-id="${post.id}">
<header><h2><a class="number" href="${postPath(thread, post.number)}">${post.number}</a> ${saysHtml}</h2></header>
${removed ? removedWords(page, post, removed) : ''}
${actionsHtml}</article>
`
}

/** What happened to a post that nobody else has seen. */
function heldAs({ deletedBy, authorId }: DeletedPostView): MessageKey {
  if (deletedBy === null) return 'posts.held'
  return deletedBy === authorId ? 'posts.held_withdrawn' : 'posts.held_refused'
}

/** The place of a post that was moved. Its address leads to the new place. */
function movedPost({ t }: Wording, { id }: ThreadAddress, { number }: DeletedPostView): Html {
  return html`<article class="post deleted" id="post-${number}">
<header><h2><span class="number">${number}</span> <a href="${numberedPostsPath({ id })}${number}">${t('posts.moved')}</a></h2></header>
</article>
`
}

/** When and why a post was removed. Its text is folded, so that nobody sees it by accident. */
function removedWords(
  page: Wording,
  post: DeletedPostView,
  { bodyHtml, excerpt, language, reason, isDetected }: RemovedWords,
): Html {
  const { t } = page
  const wordsHtml = bodyHtml ?? html`<p>${excerpt}</p>`
  if (post.heldAt && post.deletedBy === null) {
    return html`<p class="about">${t('posts.held_lead')}</p>
<div class="prose" dir="auto"${languageMark(language, page)}>${wordsHtml}</div>`
  }
  return html`<p class="about">${t('posts.removed_at')} ${time(post.deletedAt, page)}</p>
<p class="about">${t(isDetected ? 'posts.removed_detected' : 'posts.removed_by_person')} ${t('posts.removed_redress')} <a href="/legal">${t('page_names.legal')}</a></p>
${removalReason(page, reason)}
<details class="removed"><summary>${t('posts.removed_words')}</summary><div class="prose" dir="${directionOf(language)}"${languageMark(language, page)}>${wordsHtml}</div></details>`
}
