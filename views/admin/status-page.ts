import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { barChart, type ChartPoint, lineChart } from '../parts/chart.ts'
import { adminTabs } from './admin-tabs.ts'

const HOUR = 3_600_000
const DAY_HOURS = 24
const MONTH_HOURS = 30 * 24

/** The figures of one moment. */
export interface StatusSample {
  takenAt: Date
  databaseBytes: number
  freeBytes: number
  connections: number
  jobsWaiting: number
  jobsFailed: number
  mailsWaiting: number
}

interface ReplicaLine {
  address: string
  lag: number | null
  isUsed: boolean
}

export interface StatusPage {
  databaseBytes: number
  freeBytes: number
  connections: { open: number; idle: number; awaited: number; ofAll: number }
  jobs: { waiting: number; failed: number }
  mailsQueued: number
  totals: { members: number; threads: number; posts: number }
  /** How many seconds each replica is behind, null while it does not answer; and whether this process reads from it. */
  replicas: readonly ReplicaLine[]
  /** The process that made this page. */
  process: { memoryBytes: number; sockets: number; kept: { pages: number; hits: number; misses: number } }
  /** Samples of the last 24 hours, and of the last 30 days. */
  day: readonly StatusSample[]
  month: readonly StatusSample[]
  /** What was new on each of the last days. */
  days: readonly { day: string; members: number; threads: number; posts: number; digests: number }[]
  /** Null when the database does not count statements. */
  statements: readonly { text: string; calls: number; mean: number; total: number }[] | null
}

type Figure = Exclude<keyof StatusSample, 'takenAt'>

/** The state of the forum, in numbers and charts. */
export function statusPage(page: Page, status: StatusPage): Html {
  const { t } = page
  const { connections, jobs, totals, process, replicas } = status
  const count = countIn(page)
  const megabytes = megabytesIn(page)
  const { hits, misses } = process.kept
  const share = hits + misses > 0 ? Math.round((100 * hits) / (hits + misses)) : 0
  return layout(
    page,
    { title: t('admin.status'), unlisted: true },
    html`<h1>${t('admin.title')}</h1>
${adminTabs(page, 'status')}
<section><h2>${t('status.now')}</h2>
${status.month.length + status.day.length > 0 ? '' : html`<p class="hint">${t('status.no_samples')}</p>`}
<div class="charts">
${drawn(page, status, 'databaseBytes', megabytes(status.databaseBytes), megabytes)}
${drawn(page, status, 'freeBytes', megabytes(status.freeBytes), megabytes)}
${drawn(page, status, 'connections', count(connections.ofAll), count)}
${drawn(page, status, 'jobsWaiting', count(jobs.waiting), count)}
${drawn(page, status, 'jobsFailed', count(jobs.failed), count)}
${drawn(page, status, 'mailsWaiting', count(status.mailsQueued), count)}
</div></section>
<section><h2>${t('status.growth')}</h2>
${facts(page, [
  ['members', count(totals.members)],
  ['threads', count(totals.threads)],
  ['posts', count(totals.posts)],
])}
${growth(page, status.days)}</section>
<section><h2>${t('status.process')}</h2>
${facts(page, [
  ['memory', megabytes(process.memoryBytes)],
  ['pool', `${count(connections.open)} · ${count(connections.idle)} · ${count(connections.awaited)}`],
  ['sockets', count(process.sockets)],
  ['kept', t('status.kept_value', { pages: count(process.kept.pages), share })],
])}</section>
${replicas.length > 0 ? html`<section><h2>${t('status.replicas')}</h2><ul class="lines" role="list">${replicas.map((replica) => html`<li><span>${replica.address}</span> <span class="hint">${replicaState(page, replica)}</span></li>`)}</ul></section>` : ''}
<section><h2>${t('status.statements')}</h2>${statementsTable(page, status.statements)}</section>`,
  )
}

function replicaState({ t, language }: Page, { lag, isUsed }: ReplicaLine): string {
  if (lag === null) return t('status.replica_away')
  const seconds = showNumber(Math.round(lag), language)
  return t(isUsed ? 'status.replica_used' : 'status.replica_left_out', { seconds })
}

const countIn = (page: Page) => (number: number) => showNumber(number, page.language)
const megabytesIn = (page: Page) => (bytes: number) =>
  page.t('status.megabytes', { count: showNumber(Math.round(bytes / 1e6), page.language) })

const facts = (
  { t }: Page,
  rows: readonly ['memory' | 'pool' | 'sockets' | 'kept' | 'members' | 'threads' | 'posts', string][],
) =>
  html`<dl class="facts beside">${rows.map(([name, value]) => html`<div><dt>${t(`status.${name}`)}</dt><dd>${value}</dd></div>`)}</dl>`

/** One figure: its value now, and charts of the last day and month. */
function drawn(
  page: Page,
  { day, month }: StatusPage,
  figure: Figure,
  now: string,
  show: (value: number) => string,
): Html {
  const { t } = page
  const name = t(`status.${figure}`)
  const nowHtml = html`<figcaption>${name} <strong>${now}</strong></figcaption>`
  // A new forum has nothing to draw yet, so it shows the value alone.
  if (day.length + month.length === 0) return html`<figure data-figure="${figure}">${nowHtml}</figure>`
  return html`<figure data-figure="${figure}">${nowHtml}
${period(page, { name, period: t('status.last_day'), hours: DAY_HOURS, points: pointsOf(day, figure), show })}
${period(page, { name, period: t('status.last_month'), hours: MONTH_HOURS, points: pointsOf(month, figure), show })}
</figure>`
}

const pointsOf = (samples: readonly StatusSample[], figure: Figure): ChartPoint[] =>
  samples.map((sample) => ({ at: sample.takenAt, value: sample[figure] }))

interface Period {
  name: string
  period: string
  hours: number
  points: ChartPoint[]
  show: (value: number) => string
}

function period({ t }: Page, { name, period, hours, points, show }: Period): Html {
  if (points.length === 0) return html`<p class="hint">${period} — ${t('status.no_samples')}</p>`
  const values = points.map(({ value }) => value)
  const range = t('status.range', { least: show(Math.min(...values)), most: show(Math.max(...values)) })
  const to = new Date()
  const from = new Date(to.getTime() - hours * HOUR)
  // A sample is taken every five minutes. Of older ones, one in two hours is kept.
  const longestGap = hours > DAY_HOURS ? 5 * HOUR : HOUR / 2
  return html`${lineChart({ says: `${name}, ${period} — ${range}`, points, from, to, longestGap })}
<p class="hint">${period} — ${range}</p>`
}

function growth(page: Page, days: StatusPage['days']): Html {
  const { t } = page
  if (days.length === 0) return html`<p class="empty">${t('status.no_days')}</p>`
  const count = countIn(page)
  const kinds = ['members', 'threads', 'posts', 'digests'] as const
  return html`<div class="charts">${kinds.map((kind) => {
    const values = days.map((day) => day[kind])
    const sum = values.reduce((all, value) => all + value, 0)
    const says = t('status.new_sum', { sum: count(sum), most: count(Math.max(...values)) })
    return html`<figure data-growth="${kind}"><figcaption>${t(`status.new_${kind}`)} <strong>${count(sum)}</strong></figcaption>
${barChart(`${t(`status.new_${kind}`)} — ${says}`, values)}
<p class="hint">${says}</p></figure>`
  })}</div>`
}

function statementsTable(page: Page, statements: StatusPage['statements']): Html {
  const { t } = page
  if (statements === null) return html`<p class="hint">${t('status.no_statements')}</p>`
  if (statements.length === 0) return html`<p class="empty">${t('status.none_yet')}</p>`
  const milliseconds = (value: number) =>
    t('status.milliseconds', { count: showNumber(Math.round(value * 10) / 10, page.language) })
  return html`<ol class="log" role="list">${statements.map(
    ({
      text,
      calls,
      mean,
      total,
    }) => html`<li><p class="about">${t('status.statement', { calls: countIn(page)(calls), mean: milliseconds(mean), total: milliseconds(total) })}</p>
<pre class="mail" tabindex="0"><code>${text}</code></pre></li>`,
  )}</ol>`
}
