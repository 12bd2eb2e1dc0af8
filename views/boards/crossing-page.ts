import { boardPath, crossingPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { type Worded, worded, wordedSentence } from '../../src/platform/text/i18n/worded.ts'
import type { Level } from '../../src/schema/enums.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { newThreadButton } from '../parts/new-thread-button.ts'
import { type OlderPage, olderLink, pageOfList } from '../parts/older-link.ts'
import { subscriptionButtons } from '../parts/subscription.ts'
import { type ThreadLine, threadList } from '../parts/thread-list.ts'

export interface CrossingPage {
  city: LinkedBoard & { archived: boolean }
  technology: LinkedBoard & { archived: boolean }
  /** What is known about it, also without any thread. */
  note: Worded | null
  /** How the member is subscribed to it. */
  level: Level
  threads: ThreadLine[]
  /** Null on the first page. */
  older: OlderPage | null
  next: string | null
}

/** One city and one technology together: «Marseille × Big Data». */
export function crossingPage(page: Page, { city, technology, note, level, threads, older, next }: CrossingPage): Html {
  const { t, language } = page
  const names = { city: worded(city.name, language), technology: worded(technology.name, language) }
  const archived = city.archived || technology.archived
  const title = t('map.crossing', names)
  const path = crossingPath(city, technology)
  return layout(
    page,
    {
      ...pageOfList(page, { title, path, older }),
      description: t('crossings.description', names),
      kind: 'crossing',
      feed: { path, title },
    },
    html`<header class="head">
<h1><a href="${boardPath(city)}">${names.city}</a> <span class="times">×</span> <a href="${boardPath(technology)}">${names.technology}</a></h1>
${note ? html`<p class="lead">${wordedSentence(note, language)}</p>` : ''}
${archived ? html`<p class="notice">${t('boards.archived')}</p>` : ''}
<div class="buttons">${archived ? '' : newThreadButton(page, [city, technology])}
${subscriptionButtons(page, { action: `${path}/subscription`, level, of: 'board' })}</div>
</header>
<h2 class="hidden">${t('threads.list')}</h2>
${threads.length > 0 ? threadList(page, threads, [city, technology]) : archived ? '' : html`<p class="empty">${t('crossings.empty', names)}</p>`}
${olderLink(page, path, {}, next)}`,
  )
}
