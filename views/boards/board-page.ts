import { boardPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { type Worded, worded, wordedSentence } from '../../src/platform/text/i18n/worded.ts'
import type { Level } from '../../src/schema/enums.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { countedUpTo } from '../parts/counted.ts'
import { newThreadButton } from '../parts/new-thread-button.ts'
import { type OlderPage, olderLink, pageOfList } from '../parts/older-link.ts'
import { searchWithin } from '../parts/search-field.ts'
import { subscriptionButtons } from '../parts/subscription.ts'
import { type ThreadLine, threadList } from '../parts/thread-list.ts'
import { type CrossedBoard, crossedBoardsList } from './crossed-boards-list.ts'

/** Above this number, the page says «more than». */
const MOST_COUNTED = 100

export interface BoardPage {
  board: LinkedBoard & { summary: Worded; archived: boolean }
  crossed: CrossedBoard[]
  threads: ThreadLine[]
  order: 'active' | 'new'
  /** Threads with unread posts; null for visitors. */
  unread: number | null
  /** How the member is subscribed to it. */
  level: Level
  /** Null on the first page. */
  older: OlderPage | null
  /** Where older threads begin; null at the end. */
  next: string | null
}

/** A city or technology with its threads. */
export function boardPage(page: Page, { board, crossed, threads, order, unread, level, older, next }: BoardPage): Html {
  const { t, language } = page
  const name = worded(board.name, language)
  const summary = wordedSentence(board.summary, language) || t('boards.city_summary', { name })
  const path = boardPath(board)
  const query: Record<string, string> = order === 'new' ? { sort: 'new' } : {}
  return layout(
    page,
    {
      ...pageOfList(page, { title: name, path, query, older }),
      description: summary,
      kind: board.kind,
      feed: { path, title: name },
    },
    html`<header class="head">
<p class="kind"><a href="${board.kind === 'city' ? '/cities' : '/technologies'}">${t(board.kind === 'city' ? 'boards.cities' : 'boards.technologies')}</a></p>
<h1>${name}</h1>
<p class="lead">${summary}</p>
${crossedBoardsList(page, board, crossed)}
${board.archived ? html`<p class="notice">${t('boards.archived')}</p>` : ''}
<div class="buttons">${board.archived ? '' : newThreadButton(page, [board])}
${subscriptionButtons(page, { action: `/boards/${board.slug}/subscription`, level, of: 'board' })}
${unread ? markRead(page, board, unread) : ''}</div>
${threads.length > 0 ? searchWithin(page, { name: 'board', value: board.slug, label: t('search.within_board') }) : ''}
</header>
${threads.length > 0 ? orders(page, path, order) : ''}
<h2 class="hidden">${t('threads.list')}</h2>
${threads.length > 0 ? threadList(page, threads, [board]) : board.archived ? '' : html`<p class="empty">${t('boards.empty', { name })}</p>`}
${olderLink(page, path, query, next)}`,
  )
}

function markRead(page: Page, { slug }: LinkedBoard, unread: number): Html {
  const { t } = page
  const label = countedUpTo(page, MOST_COUNTED, 'boards.unread', unread)
  return html`<form method="post" action="/boards/${slug}/read"><span class="unread">${label}</span> <button class="quiet">${t('boards.mark_read')}</button></form>`
}

function orders({ t }: Page, path: string, order: 'active' | 'new'): Html {
  const choice = (name: 'active' | 'new', address: string) =>
    html`<li><a href="${address}"${order === name ? html` aria-current="true"` : ''}>${t(`boards.order_${name}`)}</a></li>`
  return html`<nav class="tabs" aria-label="${t('boards.order')}"><ul>${choice('active', path)}${choice('new', `${path}?sort=new`)}</ul></nav>`
}
