import {
  newThreadPath,
  POSTS_PER_PAGE,
  postPath,
  type ThreadAddress,
  threadFeedPath,
  threadPath,
} from '../../src/paths.ts'
import { CARD_SIZE } from '../../src/platform/pictures/draw-card.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { recentDay, showDay, showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { Level } from '../../src/schema/enums.ts'
import type { MemberName } from '../../src/schema/members.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { boardLinks, type LinkedBoard } from '../parts/board-links.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberLink } from '../parts/member-link.ts'
import { pagination } from '../parts/pagination.ts'
import { type PostView, postArticle, type RemovedWords } from '../parts/post.ts'
import { scriptWords } from '../parts/script-words.ts'
import { searchWithin } from '../parts/search-field.ts'
import { subscriptionButtons } from '../parts/subscription.ts'
import { type ModeratedThread, moderateThread } from './moderate-thread.ts'
import { type OwnMarks, type PostRights, postActions } from './post-actions.ts'
import { type ReplyForm, replyForm } from './reply-form.ts'
import { threadData } from './thread-data.ts'

export interface ThreadPage {
  thread: ThreadAddress & ModeratedThread & ShownThread
  boards: LinkedBoard[]
  /** The number of this page, and of all pages. */
  page: number
  pages: number
  posts: readonly PostWithRights[]
  /** The excerpt of the first post, for link previews. */
  description: string
  /** The first unread post; null for none, and for visitors. */
  firstUnread: number | null
  /** The member's level for the thread. */
  level: Level
  /** Null for readers who may not reply. */
  reply: ReplyForm | null
  mayModerate: boolean
  /** Ids of members whom the reader has muted, to fold their posts that arrive live. */
  muted: readonly string[]
}

/** A post with the reader's rights; null for visitors, who have none. */
export type PostWithRights = PostView & {
  rights: PostRights | null
  removed?: RemovedWords | null
  isMuted?: boolean
} & Partial<OwnMarks>

interface ShownThread {
  title: string
  language: string
  lastNumber: number
  replyCount: number
  changeNumber: number
  openedAt: Date
  /** Who started it; null when the first post is hidden. */
  opener: { name: MemberName } | null
}

const LIVE = [
  'threads.replies',
  'script.new_replies',
  'script.reload',
  'script.readers',
  'script.arrived',
  'script.unlocked',
  'script.moved',
  'script.to_copy',
  'script.new_here',
  'script.of',
  'script.copied',
  'script.unfold',
  'threads.locked',
  'posts.deleted',
  'posts.muted',
] as const

/** One page of a thread: its boards, its posts, and the reply form. */
export function threadPage(page: Page, shown: ThreadPage): Html {
  const { t } = page
  const { thread } = shown
  const title = shown.page > 1 ? `${thread.title} · ${t('pages.number', { number: shown.page })}` : thread.title
  const pages = (label: string) =>
    pagination(page, { current: shown.page, last: shown.pages, pathOf: (number) => threadPath(thread, number), label })
  return layout(
    page,
    {
      title,
      description: shown.description,
      canonical: threadPath(thread, shown.page),
      previous: shown.page > 1 ? threadPath(thread, shown.page - 1) : null,
      next: shown.page < shown.pages ? threadPath(thread, shown.page + 1) : null,
      picture: { path: `/threads/${thread.id}.png`, ...CARD_SIZE },
      data: threadData(page, shown),
      kind: 'thread-page',
      unlisted: thread.removedAt !== null,
      ...(thread.removedAt ? {} : { feed: { path: threadFeedPath(thread), title: thread.title } }),
      writing: shown.reply ? 'reply' : undefined,
    },
    html`<header class="head">
${boardLinks(page, shown.boards)}
<h1 dir="auto"${languageMark(thread.language, page)}>${thread.title}</h1>
${openedBy(page, thread)}
<p class="about"><span data-replies="${thread.replyCount}">${t('threads.replies', { count: thread.replyCount, shown: showNumber(thread.replyCount, page.language) })}</span>
${jumps(page, shown)} <span class="readers" hidden></span></p>
<div class="buttons">${threadSubscription(page, thread, shown.level)}
${thread.replyCount > 0 ? searchWithin(page, { name: 'thread', value: String(thread.id), label: t('search.within_thread') }) : ''}</div>
${thread.removedAt ? html`<p class="notice">${t(thread.emptied ? 'threads.emptied' : 'threads.removed')}</p>` : ''}
${thread.lockedAt ? html`<p class="notice">${t('threads.locked')}</p>` : ''}
${shown.mayModerate ? moderateThread(page, thread, shown.boards) : ''}
</header>
${pages(t('pages.label'))}
<div class="posts" data-thread="${thread.id}" data-last="${thread.lastNumber}" data-change="${thread.changeNumber}" data-page="${shown.page}" data-pages="${shown.pages}" data-per-page="${POSTS_PER_PAGE}" data-words="${scriptWords(page, LIVE)}"${thread.lockedAt ? ' data-locked' : ''}${shown.mayModerate ? ' data-moderates' : ''}${page.viewer ? html` data-member="${page.viewer.username}"` : ''}${shown.muted.length > 0 ? html` data-muted="${shown.muted.join(' ')}"` : ''}>
${shown.posts.map((post) => html`${post.number === shown.firstUnread ? newSince(page, post) : ''}${article(page, thread, post)}`)}
</div>
${position(page, shown)}
<p class="arrivals" hidden><a href="${threadPath(thread, shown.pages)}#post-${thread.lastNumber}"></a></p>
<p class="hidden" role="status" aria-live="polite"></p>
${page.viewer ? actionTemplates(page, thread, shown) : ''}
${pages(t('pages.label_below'))}
${thread.removedAt ? '' : wholeThread(page, thread)}
${shown.reply ? replyForm(page, shown.reply) : whyNoReply(page, shown)}`,
  )
}

/** How the reader follows the thread, and the other ways to. */
export const threadSubscription = (page: Page, { id }: { id: number }, level: Level): Html =>
  subscriptionButtons(page, { action: `/threads/${id}/subscription`, level, of: 'thread' })

/**
 * The buttons for a post that arrives live, by the reader or somebody else. A script replaces the zeros by the post's
 * number and id.
 */
function actionTemplates(
  page: Page,
  thread: ThreadAddress,
  { mayModerate, reply }: Pick<ThreadPage, 'mayModerate' | 'reply'>,
): Html {
  const post = { id: 0, number: 0, deletedAt: null }
  const mayReply = reply !== null
  const none = {
    reply: mayReply,
    edit: false,
    delete: false,
    remove: false,
    restore: false,
    read: false,
    erase: false,
    move: mayModerate,
    useful: false,
    bookmark: true,
  }
  const others = { ...none, remove: mayModerate, flag: true, useful: true }
  const own = { ...none, edit: true, delete: true, flag: false }
  return html`<template id="actions">${postActions(page, thread, post, others)}</template>
<template id="own-actions">${postActions(page, thread, post, own)}</template>`
}

/** Who started the thread, and on which day. */
function openedBy(page: Page, { openedAt, opener }: ShownThread): Html {
  const { t, language, timeZone = null } = page
  return html`<p class="opened">${t('threads.opened_on', { day: showDay(openedAt, language, timeZone) })}${
    opener ? html` ${t('threads.opened_by')} ${memberLink(page, opener.name)}` : ''
  }</p>`
}

/** The line above the first unread post. Left out when all posts are unread. */
function newSince({ t, language, timeZone = null }: Page, post: PostWithRights): Html {
  if (post.number === 1 || post.deletedAt !== null) return html``
  const { named, day } = recentDay(post.createdAt, new Date(), language, timeZone)
  return html`<p class="since">${t(`threads.since_${named}`, { day })}</p>
`
}

/**
 * The line at the foot of the window: links to both ends and to the first unread post, and the page. A script adds the
 * number of the post that is read.
 */
function position(shownIn: Page, { thread, page, pages, posts, firstUnread }: ThreadPage): Html {
  const { t, language } = shownIn
  if (posts.length < FEW_POSTS && pages === 1) return html``
  const shown = (number: number) => showNumber(number, language)
  const top = page === 1 ? '#main' : threadPath(thread)
  const end = `${page === pages ? '' : threadPath(thread, pages)}#post-${thread.lastNumber}`
  return html`<nav class="position" aria-label="${t('threads.position')}"><a href="${top}">${t('threads.to_top')}</a>
<span>${t('threads.page_of', { page: shown(page), pages: shown(pages) })}</span>
${firstUnread === null ? '' : html`<a href="${postPath(thread, firstUnread)}" data-unread>${t('threads.first_new')}</a>`}
<a href="${end}">${t('threads.to_end')}</a></nav>`
}

/** With so few posts the line is left out. */
const FEW_POSTS = 6

/** Where the reader is, with links to both ends. */
function jumps(shownIn: Page, { thread, page, pages, firstUnread }: ThreadPage): Html {
  const { t, language } = shownIn
  const unreadHtml = unreadLink(shownIn, thread, firstUnread)
  if (pages === 1) return unreadHtml
  const from = POSTS_PER_PAGE * (page - 1) + 1
  const to = Math.min(POSTS_PER_PAGE * page, thread.lastNumber)
  const shown = (number: number) => showNumber(number, language)
  // Numbers are never reused: the numbers of deleted, moved and unpublished posts count as no replies.
  const empty = thread.lastNumber - 1 - thread.replyCount
  return html`<span class="place">${t('threads.place', { from: shown(from), to: shown(to), last: shown(thread.lastNumber) })}${empty > 0 ? t('threads.place_empty', { count: empty, shown: shown(empty) }) : ''}</span>
${page > 1 ? html`<a href="${threadPath(thread)}">${t('threads.first')}</a>` : ''}
${unreadHtml}
${page < pages ? html`<a href="${threadPath(thread, pages)}#post-${thread.lastNumber}">${t('threads.last')}</a>` : ''}`
}

function unreadLink({ t }: Page, thread: ThreadAddress & ShownThread, firstUnread: number | null): Html {
  if (firstUnread === null) return html``
  return html`<a href="${postPath(thread, firstUnread)}">${t('threads.first_unread')}</a>`
}

/** Links to the whole thread as text. */
const wholeThread = ({ t }: Page, { id }: ThreadAddress): Html =>
  html`<p class="about whole-thread">${t('threads.whole')} <a href="/threads/${id}.txt" type="text/plain">${t('threads.as_txt')}</a> · <a href="/threads/${id}.md" type="text/markdown">${t('threads.as_md')}</a> <a class="for-keys" href="/keys">${t('keys.title')}</a></p>`

/** One post with the reader's buttons. */
export function article(page: Page, thread: ThreadAddress, post: PostWithRights): Html {
  const { rights, removed = null, isMuted = false, isUseful = false, isBookmarked = false } = post
  const actionsHtml = rights
    ? postActions(page, thread, { ...post, version: removed?.version }, rights, { isUseful, isBookmarked })
    : html``
  return postArticle(page, thread, post, { actionsHtml, removed, isMuted, maySayUseful: rights?.useful ?? false })
}

/** Instead of the reply form: the thread is locked, or how to get an account. */
function whyNoReply(page: Page, shown: ThreadPage): Html {
  if (shown.thread.lockedAt) return html`<div id="reply"><p class="notice">${page.t('threads.locked')}</p></div>`
  return page.viewer ? whyNotWrite(page) : invitation(page, shown)
}

/**
 * Says that the member is silenced, with a link to appeal. A member who waits for approval sees that at the head of
 * every page.
 */
const whyNotWrite = ({ t, viewer }: Page): Html =>
  viewer?.silenced
    ? html`<div id="reply"><p class="notice">${t('accounts.silenced')} <a href="/notifications">${t('notifications.title')}</a> · <a href="/appeal">${t('appeals.offer')}</a></p></div>`
    : html``

function invitation({ t, here, site }: Page, { boards }: ThreadPage): Html {
  const next = encodeURIComponent(`${here}#reply`)
  return html`<section class="invitation" id="reply" aria-label="${t('posts.your_reply')}">
<p>${t('posts.sign_in_to_reply')}</p>
<p class="buttons"><a class="button main" href="/login?next=${next}">${t('accounts.log_in')}</a>
${site.registers ? html`<a class="button" href="/register?next=${next}">${t('accounts.register')}</a>` : ''}
<a href="${newThreadPath(boards)}">${t('threads.start_beside')}</a></p>
</section>`
}
