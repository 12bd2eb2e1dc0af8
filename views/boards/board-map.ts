import { boardPath, crossingPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { Language } from '../../src/platform/text/i18n/languages.ts'
import { worded } from '../../src/platform/text/i18n/worded.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'

export interface MapCell {
  threadCount: number
  activeAt: Date | null
}

export interface BoardMap {
  cities: readonly LinkedBoard[]
  technologies: readonly LinkedBoard[]
  /** Ids of the boards that the reader follows. Their cities come first. */
  followed: readonly number[]
  /** The crossing of a city and a technology; null without a thread or a note. */
  cell(city: LinkedBoard, technology: LinkedBoard): MapCell | null
  /** Parts that were made before, by language. They are the same for all readers and most of the page. */
  made: Map<Language, MadeMap>
}

/** The parts of the map that are the same for all readers. */
export interface MadeMap {
  headHtml: Html
  /** The cells of each city, by its id. */
  rows: ReadonlyMap<number, Html>
  /** The cities, the one with most threads first. */
  liveliest: readonly LinkedBoard[]
  legendHtml: Html
}

/** The other cities are shown on request. */
const CITIES_SHOWN = 12

/** Every city with every technology; the colour of each crossing shows how many threads it has. */
export function boardMap(page: Page, map: BoardMap): Html {
  const { t } = page
  const { headHtml, rows, liveliest, legendHtml } = madeMap(page, map)
  const own = map.cities.filter(({ id }) => map.followed.includes(id))
  const others = map.cities.filter((city) => !own.includes(city))
  const lively = liveliest.filter((city) => !own.includes(city)).slice(0, Math.max(0, CITIES_SHOWN - own.length))
  const rest = others.filter((city) => !lively.includes(city))
  const ownHtml = own.map(({ id }) => html`<tr class="own">${rows.get(id)}</tr>`)
  const rowsOf = (some: readonly LinkedBoard[]) => some.map(({ id }) => html`<tr>${rows.get(id)}</tr>`)
  return html`<div class="map" id="map" tabindex="0" role="region" aria-labelledby="map-caption">
<table>
<caption><span id="map-caption">${t('map.caption')}</span></caption>
${headHtml}
<tbody>${ownHtml}${rowsOf(others.filter((city) => lively.includes(city)))}</tbody>
${rest.length > 0 ? html`<tbody class="rest">${rowsOf(rest)}</tbody>` : ''}
</table>
${legendHtml}
${rest.length > 0 ? html`<p class="more"><a class="all" href="#map">${t('map.all', { count: map.cities.length })}</a></p>` : ''}
</div>`
}

function madeMap(page: Page, map: BoardMap): MadeMap {
  const before = map.made.get(page.language)
  if (before) return before
  const { cities, technologies } = map
  const steps = stepsOf(map)
  const made = {
    headHtml: html`<thead><tr><td></td>${technologies.map(
      (technology) =>
        html`<th scope="col"><a href="${boardPath(technology)}">${worded(technology.name, page.language)}</a></th>`,
    )}</tr></thead>`,
    rows: new Map(cities.map((city) => [city.id, cells(page, map, steps, city)])),
    liveliest: [...cities].sort((one, other) => threadsIn(map, other) - threadsIn(map, one)),
    legendHtml: legend(page, steps),
  }
  map.made.set(page.language, made)
  return made
}

const cells = (page: Page, { technologies, cell }: BoardMap, steps: readonly number[], city: LinkedBoard): Html =>
  html`<th scope="row"><a href="${boardPath(city)}">${worded(city.name, page.language)}</a></th>${technologies.map(
    (technology) => mapCell(page, steps, { city, technology, cell: cell(city, technology) }),
  )}
`

interface Crossing {
  city: LinkedBoard
  technology: LinkedBoard
  cell: MapCell | null
}

/**
 * One crossing: filled by its number of threads, with a ring when only a note exists, or empty with a link to start a
 * thread.
 */
function mapCell({ t, language }: Page, steps: readonly number[], { city, technology, cell }: Crossing): Html {
  const name = t('map.crossing', {
    city: worded(city.name, language),
    technology: worded(technology.name, language),
  })
  const path = crossingPath(city, technology)
  const count = cell?.threadCount ?? 0
  if (!cell || count === 0) {
    const said = t(cell ? 'map.known' : 'map.nothing')
    return html`<td class="${cell ? 'known' : 'open'}"><a href="${path}" title="${name}"><span class="hidden">${name}, ${said}</span></a></td>`
  }
  const activeHtml = cell.activeAt ? html` data-active="${cell.activeAt.toISOString()}"` : ''
  const said = t('threads.count', { count, shown: showNumber(count, language) })
  return html`<td class="fill-${fill(steps, count)}"${activeHtml}><a href="${path}" title="${name}"><span class="hidden">${name}, ${said}</span><span aria-hidden="true">${showNumber(count, language)}</span></a></td>`
}

const threadsIn = ({ technologies, cell }: BoardMap, city: LinkedBoard): number =>
  technologies.reduce((sum, technology) => sum + (cell(city, technology)?.threadCount ?? 0), 0)

/** Ends of the five steps, as shares of the cells with threads. Only the fullest get the last step. */
const SHARES = [0.35, 0.6, 0.8, 0.95]

/**
 * The least threads of the second to the fifth step, by quantiles, so that small and large forums both show differences.
 */
function stepsOf({ cities, technologies, cell }: BoardMap): number[] {
  const counts = cities
    .flatMap((city) => technologies.map((technology) => cell(city, technology)?.threadCount ?? 0))
    .filter((count) => count > 0)
    .sort((one, other) => one - other)
  const at = (share: number) => counts[Math.floor(share * counts.length)] ?? 0
  return [...new Set(SHARES.map(at))].filter((count) => count > (counts[0] ?? 0))
}

/** From 1 to 5. The fullest cells get 5, however few threads they have. */
function fill(steps: readonly number[], count: number): number {
  const reached = steps.filter((least) => count >= least).length
  return reached > 0 && reached === steps.length ? 5 : 1 + reached
}

/** What the signs mean, in one line. */
function legend({ t, language }: Page, steps: readonly number[]): Html {
  return html`<p class="legend" aria-hidden="true"><span><i class="ring"></i> ${t('map.known')}</span>
${[1, ...steps].map((least, index) => html`<span><i class="fill-${fill(steps, least)}"></i> ${showNumber(least, language)}${index === steps.length ? html` ${t('map.and_more')}` : ''}</span>`)}
<span class="when-fresh"><i class="lens"></i> ${t('map.fresh')}</span></p>`
}
