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
  /** What the browser's tab and a bookmark say, before the forum's name; absent on the home page. */
  title?: string
  /** One sentence for search engines and link previews. */
  description?: string
  /** The address that all spellings of this page share: a path. */
  canonical?: string
  /** The pages of the same list before and after it: paths. */
  previous?: string | null
  next?: string | null
  /** What a link to it shows elsewhere. */
  picture?: PreviewPicture
  /** What it says, for search engines. */
  data?: Html
  /** Pages that must not be found by search engines: forms, settings, errors. */
  unlisted?: boolean
  /** The path of the feed of what is new here, without its ending, and what that feed is called; absent: the forum's. */
  feed?: { path: string; query?: string; title: string }
  /**
   * The id of the form that holds what somebody writes on this page: the buttons of language and look send it, so that it
   * comes back with them.
   */
  writing?: string | undefined
  /** Set on the body, for the few rules that only one kind of page needs. */
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

/** The scripts that few who write need: they are told where to fetch them. */
const FETCHED_LATER = ['selected-words', 'mentions']

/** The scripts that a kind of page needs: in which a thread is read, in which somebody writes, and all others. */
const scriptsOf = ({ kind, writing }: Sheet): string[] => [
  'forum',
  kind === 'thread-page' ? 'thread' : 'others',
  ...(writing ? ['writing'] : []),
  ...(writing === 'thread' ? ['starting'] : []),
]

/** The bars of a phone's browser take on the paper's colour. */
function themeColours(theme: Page['theme']): Html {
  if (theme) return html`<meta name="theme-color" content="${PAPER[theme]}">`
  return html`<meta name="theme-color" media="(prefers-color-scheme: light)" content="${PAPER.light}">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="${PAPER.dark}">`
}

const feedAddress = ({ path, query = '' }: { path: string; query?: string }, ending: 'atom' | 'json'): string =>
  `${path}.${ending}${query}`

/** Lets feed readers find the feeds of a page by its own address. */
function feedLinks({ site }: Page, { feed }: Sheet): Html {
  if (!feed) return html``
  const title = `${feed.title} · ${site.name}`
  return html`<link rel="alternate" type="application/atom+xml" title="${title}" href="${feedAddress(feed, 'atom')}">
<link rel="alternate" type="application/feed+json" title="${title}" href="${feedAddress(feed, 'json')}">`
}

/** What search engines and link previews read, who have no account. */
function forElsewhere(page: Page, { title, description, canonical, unlisted, picture, data }: Sheet): Html {
  if (page.viewer || unlisted || !canonical) return html``
  const preview = { title: title ?? page.site.name, description, path: canonical, picture }
  return html`${previewTags(page, preview)}${page.site.listed ? data : ''}`
}

/** At the end of a printed page: where it comes from; and the day, which only a script knows. */
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

/** The form for what is illegal, with the address of the thread that it was opened from. */
const reportPath = (here: string): string =>
  here.startsWith('/threads/') ? `/report?about=${encodeURIComponent(here)}` : '/report'
