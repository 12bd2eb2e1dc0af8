import { POSTS_PER_PAGE, type ThreadAddress, threadFeedPath, threadPath } from '../../src/paths.ts'
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
import { scriptWords } from '../parts/script-words.ts'
import { searchWithin } from '../parts/search-field.ts'
import { subscriptionButtons } from '../parts/subscription.ts'
import { article, type PostWithRights } from './article.ts'
import { type ModeratedThread, moderateThread } from './moderate-thread.ts'
import { jumps, position } from './position.ts'
import { postActions } from './post-actions.ts'
import { type ReplyForm, replyForm } from './reply-form.ts'
import { threadData } from './thread-data.ts'
import { whyNoReply } from './why-no-reply.ts'

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

/** Links to the whole thread as text. */
const wholeThread = ({ t }: Page, { id }: ThreadAddress): Html =>
  html`<p class="about whole-thread">${t('threads.whole')} <a href="/threads/${id}.txt" type="text/plain">${t('threads.as_txt')}</a> · <a href="/threads/${id}.md" type="text/markdown">${t('threads.as_md')}</a> <a class="for-keys" href="/keys">${t('keys.title')}</a></p>`
