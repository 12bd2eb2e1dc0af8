import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { inTime } from '../in-time.ts'

/** In seconds, from a page that is made quickly to one that nobody waits for. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
const QUERY_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5]

/** A figure that takes longer to read is left out: a database that is away must not hide all the others. */
const LONGEST_READING_MILLISECONDS = 3_000

/** The label of requests for no page: their paths are people's words, and must not become labels. */
const NO_ROUTE = 'none'

/** Values by the names of their metrics; of one with a label, by the label's values. */
export type Values = Record<string, number | Record<string, number>>

interface Watched {
  /** What each metric means, by its name. Names that end in `_total` only ever grow. */
  helps: Record<string, string>
  /** The label of those that have one. */
  label?: string
  read: () => Values | Promise<Values>
}

/**
 * What one process has counted, in the format of Prometheus. Labels are patterns of routes, methods, statuses and places in
 * lists: never what a person wrote or is.
 */
export class Metrics {
  private readonly registry = new Registry()
  private readonly watched: (Watched & { metrics: Map<string, Gauge | Counter> })[] = []
  private readonly requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests that were answered, kept pages among them.',
    labelNames: ['method', 'route', 'status'] as const,
    registers: [this.registry],
  })
  private readonly durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long answers took that were made; kept pages take less than a thousandth of a second and are not in here.',
    labelNames: ['method', 'route'] as const,
    buckets: REQUEST_SECONDS,
    registers: [this.registry],
  })
  private readonly queries = new Histogram({
    name: 'contrechamp_database_query_duration_seconds',
    help: 'How long the database took to answer, its network included.',
    buckets: QUERY_SECONDS,
    registers: [this.registry],
  })

  readonly contentType = this.registry.contentType

  /** Counts an answer. @param route its pattern; null: there is no such page. */
  answered(method: string, route: string | null, status: number): void {
    this.requests.inc({ method, route: route ?? NO_ROUTE, status })
  }

  /** The same of one that was made. */
  made(method: string, route: string | null, status: number, milliseconds: number): void {
    this.answered(method, route, status)
    this.durations.observe({ method, route: route ?? NO_ROUTE }, milliseconds / 1_000)
  }

  queried(milliseconds: number): void {
    this.queries.observe(milliseconds / 1_000)
  }

  /** Adds what is read when it is asked for. What cannot be read then is left out. */
  watch(watched: Watched): void {
    const metrics = Object.entries(watched.helps).map(([name, help]) => {
      const labelNames = watched.label ? [watched.label] : []
      const options = { name, help, labelNames, registers: [this.registry] }
      return [name, name.endsWith('_total') ? new Counter(options) : new Gauge(options)] as const
    })
    this.watched.push({ ...watched, metrics: new Map(metrics) })
  }

  /** What is watched, as it is now: of one with a label, one value for each. What cannot be read is left out. */
  async figures(): Promise<Values> {
    const read = await Promise.all(this.watched.map((watched) => readOrNothing(watched.read)))
    return Object.assign({}, ...read)
  }

  /** All of it, in Prometheus' text format. */
  async text(): Promise<string> {
    await Promise.all(this.watched.map((watched) => this.refresh(watched)))
    return this.registry.metrics()
  }

  private async refresh({ read, label, metrics }: (typeof this.watched)[number]): Promise<void> {
    const values = await readOrNothing(read)
    for (const [name, metric] of metrics) {
      const value = values[name]
      metric.reset()
      if (value === undefined) metric.remove()
      else if (typeof value === 'number') metric.inc(value)
      else for (const [of, number] of Object.entries(value)) metric.inc({ [label ?? '']: of }, number)
    }
  }
}

async function readOrNothing(read: () => Values | Promise<Values>): Promise<Values> {
  return inTime(Promise.try(read), LONGEST_READING_MILLISECONDS).catch(() => ({}))
}
