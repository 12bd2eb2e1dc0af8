import { newThreadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { type ThreadLine, threadList } from '../parts/thread-list.ts'
import { type BoardMap, boardMap } from './board-map.ts'

export interface HomePage {
  map: BoardMap
  liveliest: ThreadLine[]
  newest: ThreadLine[]
}

/** The map of the forum, what is being said, and what is new. */
export function homePage(page: Page, { map, liveliest, newest }: HomePage): Html {
  const { t } = page
  return layout(
    page,
    {
      description: t('home.description'),
      canonical: '/',
      kind: 'home',
      feed: { path: '/threads', title: t('threads.latest') },
    },
    html`<header class="head">
<h1>${page.site.tagline}</h1>
<p class="lead">${t('home.description')}</p>
${page.viewer === null && page.site.welcome ? html`<p class="welcome" dir="auto">${page.site.welcome}</p>` : ''}
<p class="buttons"><a class="button main" href="${newThreadPath([])}">${t('threads.new')}</a></p>
</header>
<div class="columns">
${boardMap(page, map)}
<div>
<section><h2>${t('home.liveliest')}</h2>${list(page, liveliest)}</section>
<section><h2>${t('home.newest')}</h2>${list(page, newest)}</section>
</div>
</div>`,
  )
}

function list(page: Page, threads: readonly ThreadLine[]): Html {
  return threads.length > 0 ? threadList(page, threads) : html`<p class="empty">${page.t('home.empty')}</p>`
}
