import { type Html, html } from '../../src/platform/text/html.ts'
import { boardMap } from '../boards/board-map.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { boardLinks } from '../parts/board-links.ts'
import { field, fieldAttributes, textArea, textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { pagination } from '../parts/pagination.ts'
import { postArticle } from '../parts/post.ts'
import { subscriptionButtons } from '../parts/subscription.ts'
import { threadList } from '../parts/thread-list.ts'
import { toldNotices } from '../parts/told.ts'
import { ADDRESS, CITIES, LONG, lines, MARKDOWN_HTML, posts, SHORT, TECHNOLOGIES, THREAD, UNBROKEN } from './samples.ts'

/**
 * All parts of the pages in all states, for developers: with ordinary texts, very long ones and none. The foot switches
 * between light and dark.
 */
export function stylePage(page: Page): Html {
  const parts: readonly [name: string, partHtml: Html][] = [
    ['Head', head(page)],
    ['Buttons', buttons()],
    ['Fields', fields(page)],
    ['Notices', notices(page)],
    ['Levels', levels(page)],
    ['Threads', threadList(page, lines())],
    ['Boards', boardLinks(page, [...CITIES, ...TECHNOLOGIES])],
    ['Map', map(page)],
    ['Posts', html`${posts().map((post) => postArticle(page, THREAD, post))}`],
    ['Prose', html`<div class="prose">${MARKDOWN_HTML}</div>`],
    ['Pages', pages(page)],
  ]
  return layout(
    page,
    { title: 'Style', unlisted: true },
    html`<h1>${'Style'}</h1>
${parts.map(([name, partHtml]) => html`<section><h2>${name}</h2>${partHtml}</section>`)}`,
  )
}

const head = ({ t }: Page): Html =>
  html`<header class="head"><p class="kind"><a href="${ADDRESS}">${t('boards.cities')}</a></p>
<h3>${LONG}</h3><p class="lead">${LONG}</p><p class="about">${SHORT}</p><p class="hint">${SHORT}</p></header>
<header class="head"><h3>${UNBROKEN}</h3></header>
<p class="empty">${t('home.empty')}</p>`

const buttons = (): Html =>
  html`<p class="buttons"><button class="main">${SHORT}</button> <button>${SHORT}</button> <button class="quiet">${SHORT}</button> <button disabled>${SHORT}</button> <a class="button" href="${ADDRESS}">${SHORT}</a> <button>${LONG}</button></p>`

function fields(page: Page): Html {
  const choice = { name: 'sample_choice', label: SHORT, hint: LONG }
  const box = (checked: boolean, kind: 'checkbox' | 'radio') =>
    html`<label><input type="${kind}" name="sample_${kind}"${checked ? ' checked' : ''}> ${checked ? SHORT : LONG}</label> `
  return html`<form class="sheet" action="${ADDRESS}">
${formProblems(page, { sample_wrong: LONG, elsewhere: LONG }, ['sample_wrong'])}
${textField({ name: 'sample', label: SHORT, value: '' })}
${textField({ name: 'sample_full', label: LONG, hint: LONG, value: UNBROKEN })}
${textField({ name: 'sample_wrong', label: SHORT, hint: SHORT, value: SHORT, problem: LONG })}
${textArea({ name: 'sample_text', label: SHORT, value: LONG, longest: 1_000 })}
${field(choice, html`<select ${fieldAttributes(choice)}><option>${SHORT}</option><option>${LONG}</option></select>`)}
<fieldset class="field"><legend>${SHORT}</legend>${box(true, 'checkbox')}${box(false, 'checkbox')}${box(true, 'radio')}${box(false, 'radio')}</fieldset>
</form>`
}

const notices = (page: Page): Html =>
  html`<p class="notice">${LONG}</p>
${toldNotices(page, [{ key: 'done.welcome', values: { name: UNBROKEN } }])}
${toldNotices(page, [{ key: 'done.deleted', values: { number: 12 } }])}`

const levels = (page: Page): Html =>
  html`${(['none', 'following', 'watching', 'muted'] as const).map(
    (level) => html`<p class="buttons">${subscriptionButtons(page, { action: ADDRESS, level, of: 'thread' })}</p>`,
  )}`

const map = (page: Page): Html =>
  boardMap(page, {
    cities: CITIES,
    technologies: TECHNOLOGIES,
    followed: [1],
    cell: (city, technology) => {
      const threadCount = (city.id * technology.id * 7) % 40
      return threadCount % 3 === 0
        ? threadCount % 2 === 0
          ? null
          : { threadCount: 0, activeAt: null }
        : { threadCount, activeAt: null }
    },
    made: new Map(),
  })

const pages = (page: Page): Html =>
  html`${[1, 7, 50].map((current) => pagination(page, { current, last: 50, pathOf: () => ADDRESS, label: `${SHORT} ${current}` }))}`
