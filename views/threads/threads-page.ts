import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { newThreadButton } from '../parts/new-thread-button.ts'
import { type OlderPage, olderLink, pageOfList } from '../parts/older-link.ts'
import { type ThreadLine, threadList } from '../parts/thread-list.ts'

/** The lists of all threads and their addresses. The last two are for members. */
const LISTS = {
  active: {},
  new: { sort: 'new' },
  unread: { show: 'unread' },
  followed: { show: 'followed' },
} as const

export interface ThreadsPage {
  list: keyof typeof LISTS
  threads: ThreadLine[]
  /** The start of this page; null for the newest. */
  older: OlderPage | null
  /** Where older threads begin; null at the end. */
  next: string | null
}

/** The latest threads of the whole forum. */
export function threadsPage(page: Page, { list, threads, older, next }: ThreadsPage): Html {
  const { t, viewer } = page
  const isOwn = list === 'unread' || list === 'followed'
  const title = isOwn ? t(`threads.latest_${list}`) : t('threads.latest')
  const path = '/threads'
  return layout(
    page,
    {
      ...pageOfList(page, { title, path, older }),
      description: t('threads.latest_lead'),
      unlisted: isOwn,
      feed: { path, title: t('threads.latest') },
    },
    html`<header class="head">
<h1>${title}</h1>
<p class="lead">${t(isOwn ? `threads.latest_${list}_lead` : 'threads.latest_lead')}</p>
<div class="buttons">${newThreadButton(page, [])}</div>
</header>
<nav class="tabs" aria-label="${t('threads.lists')}"><ul>${listsFor(viewer !== null).map((name) => html`<li><a href="${pathOf(name)}"${name === list ? html` aria-current="true"` : ''}>${t(`threads.list_${name}`)}</a></li>`)}${viewer ? html`<li><a href="/bookmarks">${t('bookmarks.title')}</a></li><li><a href="/drafts">${t('drafts.title')}</a></li>` : ''}</ul></nav>
<h2 class="hidden">${t('threads.list')}</h2>
${threads.length > 0 ? threadList(page, threads) : html`<p class="empty">${t(next ? 'threads.none_here' : `threads.none_${list}`)}</p>`}
${olderLink(page, path, LISTS[list], next)}`,
  )
}

const listsFor = (isMember: boolean): (keyof typeof LISTS)[] =>
  isMember ? ['active', 'new', 'unread', 'followed'] : ['active', 'new']

function pathOf(list: keyof typeof LISTS): string {
  const query = new URLSearchParams(LISTS[list]).toString()
  return query ? `/threads?${query}` : '/threads'
}
