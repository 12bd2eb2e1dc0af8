import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'

/** The page of drafts. A script lists them, because only the device has them. */
export function draftsPage(page: Page): Html {
  const { t } = page
  return layout(
    page,
    { title: t('drafts.title'), unlisted: true },
    html`<header class="head"><h1>${t('drafts.title')}</h1>
<p class="lead">${t('drafts.lead')}</p></header>
<noscript><p class="empty">${t('drafts.needs_script')}</p></noscript>
<p class="empty" data-if-none hidden>${t('drafts.none')} <a href="/threads/new">${t('threads.new')}</a></p>
<ol class="bookmarks" role="list" data-drafts></ol>
<template id="draft"><li>
<h2 dir="auto">${t('drafts.untitled')}</h2>
<p class="about"><span data-kind="thread">${t('drafts.of_thread')}</span><span data-kind="reply">${t('drafts.of_reply')}</span><span data-kind="edit">${t('drafts.of_edit')}</span> <span>${t('drafts.saved')} <time></time></span></p>
<blockquote class="excerpt" dir="auto"></blockquote>
<details><summary>${t('drafts.whole')}</summary><p class="all-words" dir="auto"></p></details>
<p class="buttons" data-if-kept><a href="/threads">${t('drafts.go_on')}</a> <button type="button" class="quiet" data-throw>${t('drafts.throw_away')}</button></p>
<p class="buttons" data-if-thrown>${t('drafts.thrown_away')} <button type="button" class="quiet" data-back>${t('drafts.take_back')}</button></p>
</li></template>`,
  )
}
