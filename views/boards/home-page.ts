import { type Html, html } from '../../src/platform/text/html.ts'
import { showWeekday } from '../../src/platform/text/i18n/formats.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { newThreadButton } from '../parts/new-thread-button.ts'
import { type ThreadLine, threadList } from '../parts/thread-list.ts'
import { type BoardMap, boardMap } from './board-map.ts'

export interface HomePage {
  map: BoardMap
  liveliest: ThreadLine[]
  newest: ThreadLine[]
}

/** The map, the liveliest threads and the newest ones. */
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
    html`${page.viewer ? folio(page) : welcome(page)}
<div class="columns">
<section><h2>${t('home.liveliest')}</h2>${list(page, liveliest)}
<p class="end"><a class="all" href="/threads">${t('home.all')}</a></p></section>
<div>${boardMap(page, map)}
${newest.length > 0 ? newThreads(page, newest) : ''}</div>
</div>`,
  )
}

const newThreads = (page: Page, newest: readonly ThreadLine[]): Html =>
  html`<section class="newest"><h2>${page.t('home.newest')}</h2>${list(page, newest)}
<p class="end"><a class="all" href="/threads?sort=new">${page.t('home.all_new')}</a></p></section>`

/** What the forum is, for a new visitor. */
function welcome(page: Page): Html {
  const { t, site } = page
  return html`<header class="head">
<h1>${site.tagline}</h1>
<p class="lead">${t('home.description')}</p>
${site.welcome ? html`<p class="welcome" dir="auto">${site.welcome}</p>` : ''}
<p class="buttons">${newThreadButton(page, [])}
${site.registers ? html`<a class="button to-register" href="/register">${t('accounts.register')}</a>` : ''}</p>
</header>`
}

/** The date, as on a newspaper, for a member. */
function folio(page: Page): Html {
  const { language, timeZone, site } = page
  return html`<header class="folio">
<h1 class="hidden">${site.tagline}</h1>
<p>${showWeekday(new Date(), language, timeZone)}</p>
${newThreadButton(page, [])}
</header>`
}

function list(page: Page, threads: readonly ThreadLine[]): Html {
  return threads.length > 0 ? threadList(page, threads) : html`<p class="empty">${page.t('home.empty')}</p>`
}
