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
  /** The crossing of a city and a technology; null where there is neither a thread nor anything known. */
  cell(city: LinkedBoard, technology: LinkedBoard): MapCell | null
  /** As it was made before, by language: it is the same for everybody, and most of the page. */
  made: Map<Language, Html>
}

/** The signature of the forum: every city with every technology, each crossing as full as what is said there. */
export function boardMap(page: Page, map: BoardMap): Html {
  const madeHtml = map.made.get(page.language)
  if (madeHtml !== undefined) return madeHtml
  const mapHtml = wholeMap(page, map)
  map.made.set(page.language, mapHtml)
  return mapHtml
}

/** So many cities are shown at first; the others when asked for. */
const CITIES_SHOWN = 12

function wholeMap(page: Page, map: BoardMap): Html {
  const { t, language } = page
  const { cities, technologies } = map
  const steps = stepsOf(map)
  const liveliest = [...cities].sort((one, other) => threadsIn(map, other) - threadsIn(map, one)).slice(0, CITIES_SHOWN)
  const shown = cities.filter((city) => liveliest.includes(city))
  const rest = cities.filter((city) => !liveliest.includes(city))
  const rows = (some: readonly LinkedBoard[]) => some.map((city) => row(page, map, steps, city))
  return html`<div class="map" id="map" tabindex="0" role="region" aria-labelledby="map-caption">
<table>
<caption><span id="map-caption">${t('map.caption')}</span></caption>
<thead><tr><td></td>${technologies.map(
    (technology) =>
      html`<th scope="col"><a href="${boardPath(technology)}">${worded(technology.name, language)}</a></th>`,
  )}</tr></thead>
<tbody>${rows(shown)}</tbody>
${rest.length > 0 ? html`<tbody class="rest">${rows(rest)}</tbody>` : ''}
</table>
${legend(page, steps)}
${rest.length > 0 ? html`<p class="more"><a class="all" href="#map">${t('map.all', { count: cities.length })}</a></p>` : ''}
</div>`
}

function row(page: Page, { technologies, cell }: BoardMap, steps: readonly number[], city: LinkedBoard): Html {
  return html`<tr><th scope="row"><a href="${boardPath(city)}">${worded(city.name, page.language)}</a></th>${technologies.map(
    (technology) => mapCell(page, steps, { city, technology, cell: cell(city, technology) }),
  )}</tr>
`
}

interface Crossing {
  city: LinkedBoard
  technology: LinkedBoard
  cell: MapCell | null
}

/** How full a crossing is; one that is known but not spoken of has the ring of the wordmark, an empty one invites. */
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

/** Where each of the five steps of filling ends, as a share of the cells that have something: the last is for the fullest. */
const SHARES = [0.35, 0.6, 0.8, 0.95]

/** The smallest numbers of threads of the second to the fifth step, by quantiles: a small forum and a large one both show a relief. */
function stepsOf({ cities, technologies, cell }: BoardMap): number[] {
  const counts = cities
    .flatMap((city) => technologies.map((technology) => cell(city, technology)?.threadCount ?? 0))
    .filter((count) => count > 0)
    .sort((one, other) => one - other)
  const at = (share: number) => counts[Math.floor(share * counts.length)] ?? 0
  return [...new Set(SHARES.map(at))].filter((count) => count > (counts[0] ?? 0))
}

/** From 1 to 5: the fullest have the last step, however few there are. */
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
