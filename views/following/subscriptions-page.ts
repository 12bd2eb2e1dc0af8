import { boardPath, crossingPath, searchPath, threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { worded } from '../../src/platform/text/i18n/worded.ts'
import type { Level } from '../../src/schema/enums.ts'
import { layout } from '../layout.ts'
import { settingsTabs } from '../members/settings-tabs.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { followSearch } from '../parts/follow-search.ts'
import { languageMark } from '../parts/language-mark.ts'
import { olderLink } from '../parts/older-link.ts'
import { subscriptionButtons } from '../parts/subscription.ts'

type Automatic = 'watching' | 'following' | 'none'

export interface SubscriptionsPage {
  boards: { board: LinkedBoard; level: Level }[]
  crossings: { city: LinkedBoard; technology: LinkedBoard; level: Level }[]
  threads: { id: number; slug: string; title: string; language: string; level: Level }[]
  /** As they were typed. */
  searches: readonly string[]
  /** Where older threads begin; null at the end. */
  next: string | null
  automatic: { started: Automatic; replied: Automatic }
  saved: boolean
}

/** All that a member follows, watches or has muted, with buttons to change it. */
export function subscriptionsPage(page: Page, shown: SubscriptionsPage): Html {
  const { t, language } = page
  const { boards, crossings, threads, next } = shown
  const line = (nameHtml: Html, action: string, level: Level, of: 'board' | 'thread') =>
    html`<li>${nameHtml}${subscriptionButtons(page, { action, level, of })}</li>`
  const list = (linesHtml: Html[]) => html`<ul class="subscriptions" role="list">${linesHtml}</ul>`
  const boardLines = [
    ...boards.map(({ board, level }) =>
      line(
        html`<a href="${boardPath(board)}">${worded(board.name, language)}</a>`,
        `/boards/${board.slug}/subscription`,
        level,
        'board',
      ),
    ),
    ...crossings.map(({ city, technology, level }) =>
      line(
        html`<a href="${crossingPath(city, technology)}">${t('map.crossing', { city: worded(city.name, language), technology: worded(technology.name, language) })}</a>`,
        `${crossingPath(city, technology)}/subscription`,
        level,
        'board',
      ),
    ),
  ]
  const threadLines = threads.map((thread) =>
    line(
      html`<a href="${threadPath(thread)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a>`,
      `/threads/${thread.id}/subscription`,
      thread.level,
      'thread',
    ),
  )
  return layout(
    page,
    { title: t('subscriptions.title'), unlisted: true },
    html`<h1>${t('accounts.settings')}</h1>
${settingsTabs(page, 'subscriptions')}
${shown.saved ? html`<p class="notice" role="status">${t('accounts.saved')}</p>` : ''}
<section><h2>${t('subscriptions.boards')}</h2>
${boardLines.length > 0 ? list(boardLines) : html`<p class="empty">${t('subscriptions.no_boards')}</p>`}</section>
<section><h2>${t('search.saved')}</h2>
${shown.searches.length > 0 ? list(shown.searches.map((query) => html`<li><a href="${searchPath({ q: query })}" dir="auto">${query}</a>${followSearch(page, { query, follows: true })}</li>`)) : html`<p class="empty">${t('search.none_saved')}</p>`}</section>
<section><h2>${t('subscriptions.threads')}</h2>
${threadLines.length > 0 ? list(threadLines) : html`<p class="empty">${t('subscriptions.no_threads')}</p>`}
${olderLink(page, '/subscriptions', {}, next)}</section>
<p class="about"><a href="/subscriptions.opml" download>${t('feeds.opml')}</a></p>
${automaticForm(page, shown.automatic)}`,
  )
}

function automaticForm({ t }: Page, automatic: SubscriptionsPage['automatic']): Html {
  const choice = (name: 'started' | 'replied') =>
    html`<fieldset class="field"><legend>${t(`subscriptions.${name}`)}</legend>${(
      ['watching', 'following', 'none'] as const
    ).map(
      (level) =>
        html`<label><input type="radio" name="${name}" value="${level}"${automatic[name] === level ? ' checked' : ''}> ${t(`subscriptions.${level}`)}</label> `,
    )}</fieldset>`
  return html`<section><h2>${t('subscriptions.automatic')}</h2>
<form method="post" action="/subscriptions" class="sheet">
${choice('started')}${choice('replied')}
<p class="buttons"><button class="main">${t('accounts.save')}</button></p>
</form></section>`
}
