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

function wholeMap(page: Page, { cities, technologies, cell }: BoardMap): Html {
  const { t, language } = page
  return html`<div class="map" tabindex="0" role="region" aria-labelledby="map-caption">
<table>
<caption id="map-caption">${t('map.caption')} <span class="hint">${t('map.hint')}</span></caption>
<thead><tr><td></td>${technologies.map(
    (technology) =>
      html`<th scope="col"><a href="${boardPath(technology)}">${worded(technology.name, language)}</a></th>`,
  )}</tr></thead>
<tbody>${cities.map(
    (city) =>
      html`<tr><th scope="row"><a href="${boardPath(city)}">${worded(city.name, language)}</a></th>${technologies.map(
        (technology) => mapCell(page, city, technology, cell(city, technology)),
      )}</tr>
`,
  )}</tbody>
</table>
</div>`
}

function mapCell({ t, language }: Page, city: LinkedBoard, technology: LinkedBoard, cell: MapCell | null): Html {
  if (!cell) return html`<td></td>`
  const count = cell.threadCount
  const crossing = t('map.crossing', {
    city: worded(city.name, language),
    technology: worded(technology.name, language),
  })
  const activeHtml = cell.activeAt ? html` data-active="${cell.activeAt.toISOString()}"` : ''
  const said = count > 0 ? t('threads.count', { count, shown: showNumber(count, language) }) : t('map.known')
  return html`<td class="fill-${fill(count)}"${activeHtml}><a href="${crossingPath(city, technology)}" title="${crossing}"><span class="hidden">${crossing}, ${said}</span><span aria-hidden="true">${count > 0 ? showNumber(count, language) : '·'}</span></a></td>`
}

/** How full a cell is, from 0 to 5: each step is about four times as many threads. */
const fill = (count: number): number => (count === 0 ? 0 : Math.min(5, 1 + Math.floor(Math.log2(count) / 2)))
