import { type Html, html } from '../src/platform/text/html.ts'
import { FORUM_TIME_ZONE } from '../src/platform/text/i18n/time-zones.ts'
import { nameOf } from '../src/platform/text/i18n/translate.ts'
import type { Page } from './page.ts'
import { accountLinks } from './parts/account-links.ts'
import { PAGE_NAMES } from './parts/page-names.ts'
import { PAPER } from './parts/paper.ts'
import { type PreviewPicture, previewTags } from './parts/preview-tags.ts'
import { searchField } from './parts/search-field.ts'
import { toldNotices } from './parts/told.ts'

export interface Sheet {
  /** The title in the browser's tab, before the forum's name; absent on the home page. */
  title?: string
  /** One sentence for search engines and link previews. */
  description?: string
  /** The canonical path, because a page may have several addresses. */
  canonical?: string
  /** The pages of the same list before and after it: paths. */
  previous?: string | null
  next?: string | null
  /** The picture in link previews. */
  picture?: PreviewPicture
  /** Structured data for search engines. */
  data?: Html
  /** Search engines must not show it: forms, settings, errors. */
  unlisted?: boolean
  /** The page's feed, without the ending of its path; absent for the feed of the whole forum. */
  feed?: { path: string; query?: string; title: string }
  /**
   * The id of the form in which somebody writes. The buttons for language and look send this form too, or the new page
   * would lose its text.
   */
  writing?: string | undefined
  /** A class of the body, for CSS rules of one kind of page. */
  kind?: string
}

/** A whole page around its main content. */
export function layout(page: Page, sheet: Sheet, mainHtml: Html): Html {
  const { t, language, theme, timeZone, assets, site } = page
  const title = sheet.title ? `${sheet.title} · ${site.name}` : `${site.name} · ${site.tagline}`
  return html`<!doctype html>
<html lang="${language}" data-time-zone="${timeZone ?? FORUM_TIME_ZONE}"${theme ? html` data-theme="${theme}"` : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${sheet.description ? html`<meta name="description" content="${sheet.description}">` : ''}
${sheet.unlisted || !site.listed ? html`<meta name="robots" content="noindex">` : ''}
${sheet.canonical ? html`<link rel="canonical" href="${sheet.canonical}">` : ''}
${feedLinks(page, sheet)}
${sheet.previous ? html`<link rel="prev" href="${sheet.previous}">` : ''}
${sheet.next ? html`<link rel="next" href="${sheet.next}">` : ''}
${forElsewhere(page, sheet)}
<meta name="color-scheme" content="${theme ?? 'light dark'}">
${themeColours(theme)}
<link rel="stylesheet" href="${assets.stylesheet}">${
    site.colours
      ? html`
<link rel="stylesheet" href="${site.colours}">`
      : ''
  }
<link rel="search" href="/opensearch.xml?lang=${language}" type="application/opensearchdescription+xml" title="${site.name}">
<link rel="icon" href="${assets.icon}" type="image/svg+xml">
<link rel="apple-touch-icon" href="/apple-touch-icon.png">
<link rel="manifest" href="/manifest.webmanifest">
${scriptsOf(sheet).map(
  (group) => html`<script src="${assets.scripts.get(group) ?? ''}" defer></script>
`,
)}${
  sheet.writing
    ? FETCHED_LATER.map(
        (name) => html`<meta name="script:${name}" content="${assets.scripts.get(name) ?? ''}">
`,
      )
    : ''
}
</head>
<body${sheet.kind ? html` class="${sheet.kind}"` : ''}>
<a class="skip" href="#main">${t('site.skip')}</a>
<header class="masthead">
<a class="wordmark" href="/">${site.name}</a>
${searchField(page)}
<nav aria-label="${t('site.navigation')}">
<a href="/cities">${t('boards.cities')}</a>
<a href="/technologies">${t('boards.technologies')}</a>
<a href="/threads">${t('threads.list')}</a>
</nav>
${accountLinks(page)}
</header>
<p class="copy" hidden>${t('offline.copy')} <time></time></p>
<main id="main" tabindex="-1">
${page.viewer?.mustAddFactor ? html`<p class="notice">${t('second_factor.staff_needs_it')} <a href="/settings/security/totp">${t('second_factor.set_up')}</a></p>` : ''}
${toldNotices(page, page.told ?? [])}
${page.viewer?.waiting && sheet.kind !== 'problem-page' ? html`<p class="notice">${t('registration.waiting')}</p>` : ''}
${mainHtml}
</main>
${footer(page, sheet)}
${printed(page)}
</body>
</html>`
}

/** Scripts that few people need. The head names their addresses, and `later.js` loads them. */
const FETCHED_LATER = ['selected-words', 'mentions']

/** The scripts of a page: for reading a thread, for writing, and those of every page. */
const scriptsOf = ({ kind, writing }: Sheet): string[] => [
  'forum',
  kind === 'thread-page' ? 'thread' : 'others',
  ...(writing ? ['writing'] : []),
  ...(writing === 'thread' ? ['starting'] : []),
]

/** Gives the bars of a phone's browser the colour of the paper. */
function themeColours(theme: Page['theme']): Html {
  if (theme) return html`<meta name="theme-color" content="${PAPER[theme]}">`
  return html`<meta name="theme-color" media="(prefers-color-scheme: light)" content="${PAPER.light}">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="${PAPER.dark}">`
}

const feedAddress = ({ path, query = '' }: { path: string; query?: string }, ending: 'atom' | 'json'): string =>
  `${path}.${ending}${query}`

/** Lets feed readers find the page's feeds. */
function feedLinks({ site }: Page, { feed }: Sheet): Html {
  if (!feed) return html``
  const title = `${feed.title} · ${site.name}`
  return html`<link rel="alternate" type="application/atom+xml" title="${title}" href="${feedAddress(feed, 'atom')}">
<link rel="alternate" type="application/feed+json" title="${title}" href="${feedAddress(feed, 'json')}">`
}

/** Metadata for search engines and link previews. */
function forElsewhere(page: Page, { title, description, canonical, unlisted, picture, data }: Sheet): Html {
  if (page.viewer || unlisted || !canonical) return html``
  const preview = { title: title ?? page.site.name, description, path: canonical, picture }
  return html`${previewTags(page, preview)}${page.site.listed ? data : ''}`
}

/** The end of a printed page: its address, and a place for the date, which a script fills in. */
const printed = ({ t, here, origin }: Page): Html =>
  html`<p class="printed">${t('site.printed_from')} ${origin ?? ''}${here} <span data-printed="${t('site.printed')}"></span></p>`

function footer({ t, language, theme, timeZone, here, site }: Page, { feed, writing }: Sheet): Html {
  const nameHtml = (name: 'language' | 'theme') =>
    writing ? html`form="${writing}" formnovalidate name="choose_${name}"` : html`name="${name}"`
  return html`<footer class="colophon" id="colophon">
<p>${t('site.promise')} ${t('site.times', { zone: (timeZone ?? FORUM_TIME_ZONE).replaceAll('_', ' ') })}</p>
<ul role="list">
${PAGE_NAMES.map((name) => html`<li><a href="/${name}">${t(`page_names.${name}`)}</a></li>`)}
<li><a href="/transparency">${t('moderation.transparency')}</a></li>
<li><a href="${reportPath(here)}" rel="nofollow">${t('report.title')}</a></li>
<li><a href="${feedAddress(feed ?? { path: '/threads' }, 'atom')}" type="application/atom+xml">${t('feeds.follow')}</a></li>
<li><a href="/api/docs">API</a></li>
</ul>
<form method="post" action="/settings" class="choices">
<input type="hidden" name="next" value="${here}#colophon">
${
  site.languages.length > 1
    ? html`<fieldset>
<legend>${t('site.language')}</legend>
${site.languages.map(
  (code) =>
    html`<button ${nameHtml('language')} value="${code}" lang="${code}" class="choice" aria-pressed="${code === language}">${nameOf(code)}</button>`,
)}
</fieldset>`
    : ''
}
<fieldset>
<legend>${t('site.theme')}</legend>
${(['auto', 'light', 'dark'] as const).map(
  (choice) =>
    html`<button ${nameHtml('theme')} value="${choice}" class="choice" aria-pressed="${choice === (theme ?? 'auto')}">${t(`themes.${choice}`)}</button>`,
)}
</fieldset>
</form>
</footer>`
}

/** The address of the form for illegal content, with this page's thread filled in. */
const reportPath = (here: string): string =>
  here.startsWith('/threads/') ? `/report?about=${encodeURIComponent(here)}` : '/report'
