import { type Html, html } from '../../src/platform/text/html.ts'

/** Units of the drawing, which is stretched to its place. */
const WIDTH = 300
const HEIGHT = 60
/** Room for the line above its highest point. */
const MARGIN = 3

export interface ChartPoint {
  at: Date
  value: number
}

interface LineChart {
  /** The chart in a sentence, for people who cannot see it. */
  says: string
  points: readonly ChartPoint[]
  from: Date
  to: Date
  /** In milliseconds. Points further apart are not joined, because the values between them are unknown. */
  longestGap: number
}

/** A line chart from zero up to the highest value, as SVG without scripts. */
export function lineChart({ says, points, from, to, longestGap }: LineChart): Html {
  const top = highest(points.map(({ value }) => value))
  const place = ({ at, value }: ChartPoint) =>
    `${round((WIDTH * (at.getTime() - from.getTime())) / (to.getTime() - from.getTime()))},${round(heightOf(value, top))}`
  const runs = inRuns(points, longestGap)
  return picture(
    says,
    html`${runs.map((run) => html`<polyline points="${run.map(place).join(' ')}"/>`)}${runs.filter(({ length }) => length === 1).map(([point]) => dot(point, place))}`,
  )
}

/** One bar for each value, side by side. */
export function barChart(says: string, values: readonly number[]): Html {
  const top = highest(values)
  const width = WIDTH / Math.max(values.length, 1)
  return picture(
    says,
    html`${values.map((value, index) => {
      const y = heightOf(value, top)
      return html`<rect x="${round(index * width + width * 0.15)}" y="${round(y)}" width="${round(width * 0.7)}" height="${round(HEIGHT - y)}"/>`
    })}`,
  )
}

const picture = (says: string, shapesHtml: Html): Html =>
  html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${says}"><line x1="0" y1="${HEIGHT}" x2="${WIDTH}" y2="${HEIGHT}"/>${shapesHtml}</svg>`

/** A point without neighbours, which no line would show. */
function dot(point: ChartPoint | undefined, place: (point: ChartPoint) => string): Html {
  if (!point) return html``
  const [x = '0', y = '0'] = place(point).split(',')
  return html`<line class="alone" x1="${x}" y1="${y}" x2="${x}" y2="${HEIGHT}"/>`
}

function inRuns(points: readonly ChartPoint[], longestGap: number): ChartPoint[][] {
  const runs: ChartPoint[][] = []
  let before: ChartPoint | null = null
  for (const point of points) {
    if (before && point.at.getTime() - before.at.getTime() <= longestGap) runs.at(-1)?.push(point)
    else runs.push([point])
    before = point
  }
  return runs
}

const highest = (values: readonly number[]): number => Math.max(1, ...values)
const heightOf = (value: number, top: number): number => HEIGHT - ((HEIGHT - MARGIN) * Math.max(0, value)) / top
const round = (number: number): number => Math.round(number * 10) / 10
